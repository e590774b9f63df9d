import { own } from '../api';
import { Field, Form, Page, PasswordField, Section, useActs } from '../parts';
import { type User, leaveEverywhere, setUser } from '../session';
import { texts } from '../texts';

export function Profile({ user }: { user: User }) {
  const { run, told } = useActs();
  const change = async (changes: Record<string, unknown>) => setUser(await own<User>('PATCH', 'api/user/profile', changes));
  const members = Object.entries(user.profile);
  return (
    <Page title={texts.profile.title}>
      <p>{texts.profile.intro}</p>
      {told}
      {members.length === 0 && <p>{texts.profile.empty}</p>}
      <ul class="rows">
        {members.map(([name, value]) => (
          <li key={name}>
            <div>
              <strong>{name}</strong>
              <p>{typeof value === 'string' ? value : JSON.stringify(value)}</p>
            </div>
            <button type="button" aria-label={texts.profile.removeNamed(name)} onClick={() => run(() => change({ [name]: null }), texts.profile.saved)}>
              {texts.remove}
            </button>
          </li>
        ))}
      </ul>
      <Section title={texts.profile.add}>
        <Form submit={texts.save} act={({ name, value }) => run(() => change({ [name!]: value }), texts.profile.saved)}>
          {() => (
            <>
              <Field label={texts.profile.name} name="name" required maxLength={64} />
              <Field label={texts.profile.value} name="value" required maxLength={1000} />
            </>
          )}
        </Form>
      </Section>
      <Section title={texts.profile.data}>
        <p>{texts.profile.dataText}</p>
        <button type="button" onClick={() => run(download)}>
          {texts.profile.download}
        </button>
      </Section>
      <Section title={texts.remove_account.title}>
        <p>{texts.remove_account.text}</p>
        <Form submit={texts.remove_account.submit} act={remove} danger>
          {(problem) => (
            <>
              <PasswordField problem={problem} name="current_password" label={texts.security.password.current} />
              <label class="check">
                <input type="checkbox" required /> {texts.remove_account.confirm}
              </label>
            </>
          )}
        </Form>
      </Section>
    </Page>
  );
}

async function remove({ current_password }: Record<string, string>): Promise<void> {
  await own('POST', 'api/user/delete', { current_password });
  leaveEverywhere();
}

async function download(): Promise<void> {
  const data = await own('GET', 'api/user/export');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  link.download = 'account.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
