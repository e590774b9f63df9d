import { useState } from 'preact/hooks';
import { own } from '../api';
import { Field, Form, PasswordField, Section, Told, When, useActs, useLoaded } from '../parts';
import { type Passkey, addPasskey } from '../passkeys';
import { texts } from '../texts';

const t = texts.security.passkeys;

export function Passkeys() {
  const { value: passkeys, problem, reload } = useLoaded(() => own<Passkey[]>('GET', 'api/user/passkeys'));
  const [adding, setAdding] = useState(false);
  const { run, told } = useActs();
  const add = async ({ name, current_password }: Record<string, string>) => {
    try {
      await addPasskey(name!, current_password!);
    } catch (refusal) {
      if (!(refusal instanceof DOMException)) throw refusal;
      setAdding(false);
      return run(async () => {}, t.cancelled);
    }

    setAdding(false);
    await run(reload, t.added);
  };
  const remove = (passkey: Passkey) =>
    run(async () => {
      await own('DELETE', `api/user/passkeys/${passkey.id}`);
      await reload();
    }, t.removed);
  return (
    <Section title={t.title}>
      <p>{t.text}</p>
      {told}
      <Told problem={problem} />
      {passkeys?.length === 0 && <p>{t.none}</p>}
      <ul class="rows">{passkeys?.map((passkey) => <PasskeyRow key={passkey.id} passkey={passkey} reload={reload} remove={() => remove(passkey)} />)}</ul>
      {adding ? (
        <Form
          submit={t.add}
          act={add}
          after={
            <button type="button" onClick={() => setAdding(false)}>
              {texts.cancel}
            </button>
          }
        >
          {(refusal) => (
            <>
              <Field label={t.name} name="name" defaultValue={t.defaultName} maxLength={64} required problem={refusal} />
              <PasswordField problem={refusal} name="current_password" label={texts.security.password.current} />
            </>
          )}
        </Form>
      ) : (
        <button type="button" onClick={() => setAdding(true)}>
          {t.add}
        </button>
      )}
    </Section>
  );
}

function PasskeyRow({ passkey, reload, remove }: { passkey: Passkey; reload: () => Promise<unknown>; remove: () => void }) {
  const [renaming, setRenaming] = useState(false);
  const rename = async ({ name }: Record<string, string>) => {
    await own('PATCH', `api/user/passkeys/${passkey.id}`, { name });
    await reload();
    setRenaming(false);
  };
  if (renaming) {
    return (
      <li>
        <Form submit={texts.save} act={rename}>
          {(problem) => <Field label={t.name} name="name" defaultValue={passkey.name} maxLength={64} required problem={problem} />}
        </Form>
      </li>
    );
  }

  return (
    <li>
      <div>
        <strong>{passkey.name}</strong>
        <p class="hint">
          {passkey.last_used ? (
            <>
              {t.used} <When time={passkey.last_used} />
            </>
          ) : (
            t.never
          )}
        </p>
      </div>
      <button type="button" aria-label={t.renameNamed(passkey.name)} onClick={() => setRenaming(true)}>
        {t.rename}
      </button>
      <button type="button" aria-label={t.removeNamed(passkey.name)} onClick={remove}>
        {texts.remove}
      </button>
    </li>
  );
}
