import { useState } from 'preact/hooks';
import { Problem, open } from '../api';
import { EmailField, Failure, Form, Notice, Page, PasswordField } from '../parts';
import { Link, go } from '../router';
import { texts } from '../texts';
import { openSession } from './sign-in';

export function Register() {
  const [state, setState] = useState<'open' | 'mailed' | 'closed'>('open');
  const register = async ({ email, password }: Record<string, string>) => {
    try {
      // Where addresses have to be confirmed there is no body, whether or not the address is taken.
      if ((await open('POST', 'api/user/create', { email, password })) === undefined) return setState('mailed');
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'permission_denied') throw problem;
      return setState('closed');
    }

    await openSession('login', { email, password });
    go('/account');
  };
  return (
    <Page title={texts.register.title} narrow>
      {state === 'mailed' && <Notice>{texts.register.mailed}</Notice>}
      {state === 'closed' && <Failure>{texts.register.closed}</Failure>}
      {state === 'open' && (
        <Form submit={texts.register.submit} act={register}>
          {(problem) => (
            <>
              <EmailField problem={problem} />
              <PasswordField problem={problem} isNew hint={texts.register.hint} />
            </>
          )}
        </Form>
      )}
      <ul class="links">
        <li>
          <Link to="/">{texts.register.signIn}</Link>
        </li>
      </ul>
    </Page>
  );
}
