import { useState } from 'preact/hooks';
import { own, ownInTurn } from '../api';
import { CodeField, Form, Notice, PasswordField, Section } from '../parts';
import { type User, enter } from '../session';
import { texts } from '../texts';

type NewTotp = { secret: string; otpauth_uri: string; qr_svg: string };

type Step = { name: 'rest'; notice?: string } | { name: 'scan'; totp: NewTotp } | { name: 'codes'; codes: string[] };

/** The authenticator app: set up, confirmed by a code, renewed or turned off. Its secret and the emergency codes are shown once. */
export function SecondFactor({ user }: { user: User }) {
  const [step, setStep] = useState<Step>({ name: 'rest' });
  return (
    <Section title={texts.security.totp.title}>
      {step.name === 'rest' && (
        <>
          {step.notice && <Notice>{step.notice}</Notice>}
          {user.mfa_enabled ? <Enabled setStep={setStep} /> : <Disabled setStep={setStep} />}
        </>
      )}
      {step.name === 'scan' && <Scan totp={step.totp} setStep={setStep} />}
      {step.name === 'codes' && <EmergencyCodes codes={step.codes} close={() => setStep({ name: 'rest' })} />}
    </Section>
  );
}

type Steps = { setStep: (step: Step) => void };

function Disabled({ setStep }: Steps) {
  const create = async (values: Record<string, string>) => setStep({ name: 'scan', totp: await own<NewTotp>('POST', 'api/user/totp/create', values) });
  return (
    <>
      <p>{texts.security.totp.off}</p>
      <Form submit={texts.security.totp.start} act={create}>
        {(problem) => <PasswordField problem={problem} name="current_password" label={texts.security.password.current} />}
      </Form>
    </>
  );
}

function Scan({ totp, setStep }: Steps & { totp: NewTotp }) {
  const confirm = async (values: Record<string, string>) => {
    const answer = await ownInTurn('api/session/totp/confirm', values);
    setStep({ name: 'codes', codes: answer.emergency_codes ?? [] });
    enter(answer);
  };
  return (
    <>
      <p>{texts.security.totp.scan}</p>
      <img class="qr" src={`data:image/svg+xml,${encodeURIComponent(totp.qr_svg)}`} alt={texts.security.totp.qr} />
      <p>
        {texts.security.totp.secret} <code class="secret">{totp.secret}</code>
      </p>
      <Form
        submit={texts.security.totp.confirm}
        act={confirm}
        after={
          <button type="button" onClick={() => setStep({ name: 'rest' })}>
            {texts.cancel}
          </button>
        }
      >
        {(problem) => <CodeField problem={problem} />}
      </Form>
    </>
  );
}

function Enabled({ setStep }: Steps) {
  const [asked, setAsked] = useState<'off' | 'codes'>();
  const turnOff = async (values: Record<string, string>) => {
    enter(await ownInTurn('api/session/totp/delete', values));
    setStep({ name: 'rest', notice: texts.security.totp.turnedOff });
  };
  const renewCodes = async (values: Record<string, string>) => {
    const { emergency_codes } = await own<{ emergency_codes: string[] }>('POST', 'api/user/static/create', values);
    setStep({ name: 'codes', codes: emergency_codes });
  };
  const cancel = (
    <button type="button" onClick={() => setAsked(undefined)}>
      {texts.cancel}
    </button>
  );
  return (
    <>
      <p>{texts.security.totp.on}</p>
      {!asked && (
        <div class="actions">
          <button type="button" onClick={() => setAsked('codes')}>
            {texts.security.totp.renew}
          </button>
          <button type="button" class="danger" onClick={() => setAsked('off')}>
            {texts.security.totp.turnOff}
          </button>
        </div>
      )}
      {asked === 'codes' && (
        <Form submit={texts.security.totp.renew} act={renewCodes} after={cancel}>
          {(problem) => <CodeField problem={problem} />}
        </Form>
      )}
      {asked === 'off' && (
        <Form submit={texts.security.totp.turnOff} act={turnOff} after={cancel} danger>
          {(problem) => (
            <>
              <PasswordField problem={problem} name="current_password" label={texts.security.password.current} />
              <CodeField problem={problem} />
            </>
          )}
        </Form>
      )}
    </>
  );
}

function EmergencyCodes({ codes, close }: { codes: string[]; close: () => void }) {
  return (
    <>
      <h3>{texts.security.codes.title}</h3>
      <p>{texts.security.codes.text}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="primary" onClick={() => print()}>
          {texts.security.codes.print}
        </button>
        <button type="button" onClick={close}>
          {texts.security.codes.kept}
        </button>
      </div>
    </>
  );
}
