/** Where the links of mails lead. Opening one changes nothing: its code is in the fragment, and a button sends it. */
import { useState } from 'preact/hooks';
import { open } from '../api';
import { EmailField, Failure, Form, Notice, Page, PasswordField, errorsOf } from '../parts';
import { Link } from '../router';
import { leave } from '../session';
import { texts } from '../texts';

const tokenOfLink = () => new URLSearchParams(location.hash.slice(1)).get('token');

const Back = () => (
  <ul class="links">
    <li>
      <Link to="/">{texts.forgot.back}</Link>
    </li>
  </ul>
);

export function Forgot() {
  const [sent, setSent] = useState(false);
  const ask = async ({ email }: Record<string, string>) => {
    await open('POST', 'api/user/password/reset', { email });
    setSent(true);
  };
  return (
    <Page title={texts.forgot.title} narrow>
      {sent ? (
        <Notice>{texts.forgot.sent}</Notice>
      ) : (
        <Form submit={texts.forgot.submit} act={ask}>
          {(problem) => <EmailField problem={problem} />}
        </Form>
      )}
      <Back />
    </Page>
  );
}

export const VerifyLink = () => <MailLink path="api/user/verify" {...texts.links.verify} />;

export const EmailLink = () => <MailLink path="api/user/email/confirm" {...texts.links.email} />;

export const NotMeLink = () => <MailLink path="api/user/not-me" danger {...texts.links.notMe} />;

type MailLinkProps = { path: string; title: string; text: string; submit: string; done: string; danger?: boolean };

function MailLink({ path, title, text, submit, done, danger }: MailLinkProps) {
  const [isDone, setDone] = useState(false);
  const [token] = useState(tokenOfLink);
  const send = async () => {
    await open('POST', path, { token });
    forgetToken();
    if (danger) leave('none');
    setDone(true);
  };
  return (
    <Page title={title} narrow>
      {isDone && <Notice>{done}</Notice>}
      {!isDone && !token && <Failure>{texts.links.missing}</Failure>}
      {!isDone && token && (
        <>
          <p>{text}</p>
          <Form submit={submit} act={send} danger={danger}>
            {(problem) => <DeadLink problem={problem} />}
          </Form>
        </>
      )}
      <Back />
    </Page>
  );
}

export function ResetLink() {
  const [isDone, setDone] = useState(false);
  const [token] = useState(tokenOfLink);
  const reset = async ({ new_password }: Record<string, string>) => {
    await open('POST', 'api/user/password/reset/confirm', { token, new_password });
    forgetToken();
    leave('none');
    setDone(true);
  };
  return (
    <Page title={texts.links.reset.title} narrow>
      {isDone && <Notice>{texts.links.reset.done}</Notice>}
      {!isDone && !token && <Failure>{texts.links.missing}</Failure>}
      {!isDone && token && (
        <Form submit={texts.links.reset.submit} act={reset}>
          {(problem) => (
            <>
              <PasswordField problem={problem} name="new_password" label={texts.security.password.new} isNew hint={texts.register.hint} />
              <DeadLink problem={problem} />
            </>
          )}
        </Form>
      )}
      <Back />
    </Page>
  );
}

const DeadLink = ({ problem }: { problem: unknown }) => (errorsOf(problem, 'token') ? <Failure>{texts.links.dead}</Failure> : null);

/** A used code leaves the address bar and the history. */
const forgetToken = () => history.replaceState(null, '', location.pathname);
