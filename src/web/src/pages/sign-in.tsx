import { useState } from 'preact/hooks';
import { Problem, open } from '../api';
import { CodeField, Field, Form, Notice, Page, PasswordField, Told, useActs } from '../parts';
import { canUsePasskeys, signWithPasskey } from '../passkeys';
import { Link } from '../router';
import { type Reason, type TokenAnswer, enter, exclusively } from '../session';
import { texts } from '../texts';

/** Opens a session: its answer sets the cookie that all tabs share. */
export const openSession = async (path: string, body: unknown) =>
  enter(await exclusively(() => open<TokenAnswer>('POST', `api/session/${path}`, body)));

type Owed = { token: string; methods: string[] };

export function SignIn({ reason }: { reason: Reason }) {
  const [owed, setOwed] = useState<Owed>();
  const [unverified, setUnverified] = useState<string>();
  if (owed) return <SecondStep owed={owed} restart={() => setOwed(undefined)} />;
  const signIn = async ({ name, password }: Record<string, string>) => {
    setUnverified(undefined);
    const isEmail = name!.includes('@');
    try {
      await openSession('login', isEmail ? { email: name, password } : { username: name, password });
    } catch (problem) {
      if (problem instanceof Problem && problem.mfaToken) return setOwed({ token: problem.mfaToken, methods: problem.methods });
      if (problem instanceof Problem && problem.code === 'email_not_verified') setUnverified(name);
      throw problem;
    }
  };
  return (
    <Page title={texts.signIn.title} narrow>
      {reason !== 'none' && <Notice>{texts.reasons[reason]}</Notice>}
      <Form submit={texts.signIn.submit} act={signIn}>
        {(problem) => (
          <>
            <Field label={texts.signIn.name} name="name" autocomplete="username" autocapitalize="off" spellcheck={false} required maxLength={320} problem={problem} />
            <PasswordField problem={problem} />
          </>
        )}
      </Form>
      {unverified && <Resend email={unverified} />}
      {canUsePasskeys() && <PasskeyButton text={texts.signIn.passkey} />}
      <ul class="links">
        <li>
          <Link to="/register">{texts.signIn.register}</Link>
        </li>
        <li>
          <Link to="/forgot">{texts.signIn.forgot}</Link>
        </li>
      </ul>
    </Page>
  );
}

function SecondStep({ owed, restart }: { owed: Owed; restart: () => void }) {
  const [expired, setExpired] = useState(false);
  const confirm = async ({ code }: Record<string, string>) => {
    try {
      await openSession('login/mfa', { mfa_token: owed.token, code });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'token_not_valid') throw problem;
      setExpired(true);
    }
  };
  const back = (
    <button type="button" onClick={restart}>
      {texts.code.restart}
    </button>
  );
  if (expired) {
    return (
      <Page title={texts.code.title} narrow>
        <Notice>{texts.code.expired}</Notice>
        {back}
      </Page>
    );
  }

  return (
    <Page title={texts.code.title} narrow>
      <Form submit={texts.code.submit} act={confirm} after={back}>
        {(problem) => <CodeField problem={problem} />}
      </Form>
      {canUsePasskeys() && owed.methods.some((method) => method !== 'otp') && <PasskeyButton text={texts.code.passkey} mfaToken={owed.token} />}
    </Page>
  );
}

function PasskeyButton({ text, mfaToken }: { text: string; mfaToken?: string }) {
  const [failed, setFailed] = useState<unknown>();
  const sign = async () => {
    setFailed(undefined);
    try {
      await openSession('login/passkey', { credential: await signWithPasskey(mfaToken), mfa_token: mfaToken });
    } catch (problem) {
      // A DOMException says that the user thought better of it.
      if (problem instanceof Problem) setFailed(problem);
    }
  };
  return (
    <>
      <button type="button" class="wide" onClick={sign}>
        {text}
      </button>
      {failed instanceof Problem && failed.code === 'invalid_credentials' ? (
        <p role="alert" class="failure">
          {texts.signIn.passkeyFailed}
        </p>
      ) : (
        <Told problem={failed} />
      )}
    </>
  );
}

function Resend({ email }: { email: string }) {
  const { run, told } = useActs();
  return (
    <>
      <button type="button" onClick={() => run(() => open('POST', 'api/user/verify/resend', { email }), texts.signIn.resent)}>
        {texts.signIn.resend}
      </button>
      {told}
    </>
  );
}
