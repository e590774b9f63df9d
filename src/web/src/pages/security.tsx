import { own, ownInTurn } from '../api';
import { EmailField, Form, Notice, Page, PasswordField, Section, useActs } from '../parts';
import { canUsePasskeys } from '../passkeys';
import { type User, enter } from '../session';
import { texts } from '../texts';
import { Passkeys } from './passkeys';
import { SecondFactor } from './second-factor';
import { useState } from 'preact/hooks';

export function Security({ user }: { user: User }) {
  return (
    <Page title={texts.security.title}>
      <Password />
      <Email user={user} />
      <SecondFactor user={user} />
      {canUsePasskeys() && <Passkeys />}
    </Page>
  );
}

function Password() {
  const { run, told } = useActs();
  const change = async (values: Record<string, string>) => {
    const answer = await ownInTurn('api/session/password', values);
    await run(async () => enter(answer), texts.security.password.done);
  };
  return (
    <Section title={texts.security.password.title}>
      {told}
      <Form submit={texts.security.password.submit} act={change}>
        {(problem) => (
          <>
            <PasswordField problem={problem} name="current_password" label={texts.security.password.current} />
            <PasswordField problem={problem} name="new_password" label={texts.security.password.new} isNew hint={texts.register.hint} />
          </>
        )}
      </Form>
    </Section>
  );
}

function Email({ user }: { user: User }) {
  const [sent, setSent] = useState(false);
  const change = async (values: Record<string, string>) => {
    setSent(false);
    await own('POST', 'api/user/email', values);
    setSent(true);
  };
  return (
    <Section title={texts.security.email.title}>
      <p>
        {user.email ? texts.security.email.now(user.email) : texts.security.email.none} {user.email && !user.email_verified && texts.security.email.unverified}
      </p>
      {sent && <Notice>{texts.security.email.done}</Notice>}
      <Form submit={texts.security.email.submit} act={change}>
        {(problem) => (
          <>
            <EmailField problem={problem} name="new_email" label={texts.security.email.new} autocomplete="email" />
            <PasswordField problem={problem} name="current_password" label={texts.security.password.current} />
          </>
        )}
      </Form>
    </Section>
  );
}
