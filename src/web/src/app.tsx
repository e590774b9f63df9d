import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { open } from './api';
import { Page, Told, useActs } from './parts';
import { AdminPage, isAdministrator } from './pages/admin/admin';
import { Activity } from './pages/activity';
import { Devices } from './pages/devices';
import { EmailLink, Forgot, NotMeLink, ResetLink, VerifyLink } from './pages/links';
import { Profile } from './pages/profile';
import { Register } from './pages/register';
import { Security } from './pages/security';
import { SignIn } from './pages/sign-in';
import { Link, Router, go, usePath } from './router';
import { type State, type User, currentState, exclusively, leaveEverywhere, nameOf, subscribe } from './session';
import { texts } from './texts';

/** Pages that need nobody signed in, and mean the same to everybody. */
const forAll: Record<string, () => VNode> = {
  '/verify': VerifyLink,
  '/email': EmailLink,
  '/not-me': NotMeLink,
  '/reset': ResetLink,
};

export const App = () => (
  <Router>
    <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}>
      {texts.skip}
    </button>
    <Content />
  </Router>
);

function Content() {
  const path = usePath();
  const state = useSession();
  const ForAll = forAll[path];
  if (ForAll) return <ForAll />;
  switch (state.status) {
    case 'starting':
      return <p class="waiting">{texts.loading}</p>;
    case 'unreachable':
      return <p class="waiting">{texts.unreachable}</p>;
    case 'out':
      return <Outside path={path} state={state} />;
    case 'in':
      return <Inside path={path} user={state.user} />;
  }
}

function Outside({ path, state }: { path: string; state: State & { status: 'out' } }) {
  if (path === '/register') return <Register />;
  if (path === '/forgot') return <Forgot />;
  return <SignIn reason={state.reason} />;
}

function Inside({ path, user }: { path: string; user: User }) {
  return (
    <>
      <Header user={user} />
      <AccountPage path={path} user={user} />
    </>
  );
}

function AccountPage({ path, user }: { path: string; user: User }) {
  if (isAdministrator(user) && (path === '/admin' || path.startsWith('/admin/'))) return <AdminPage path={path} />;
  switch (path) {
    case '/account/activity':
      return <Activity />;
    case '/account/security':
      return <Security user={user} />;
    case '/account/profile':
      return <Profile user={user} />;
    case '/account':
      return <Devices />;
    case '/':
    case '/register':
    case '/forgot':
      return <Redirect to="/account" />;
    default:
      return (
        <Page title={texts.notFound}>
          <Link to="/account">{texts.home}</Link>
        </Page>
      );
  }
}

function Header({ user }: { user: User }) {
  const { run, problem } = useActs();
  const signOut = () =>
    run(async () => {
      await exclusively(() => open('POST', 'api/session/logout'));
      leaveEverywhere();
      go('/');
    });
  return (
    <header>
      <div>
        <span>{nameOf(user)}</span>
        <button type="button" onClick={signOut}>
          {texts.signOut}
        </button>
      </div>
      <nav aria-label={texts.navigation}>
        <Link to="/account">{texts.devices.title}</Link>
        <Link to="/account/activity">{texts.activity.title}</Link>
        <Link to="/account/security">{texts.security.title}</Link>
        <Link to="/account/profile">{texts.profile.title}</Link>
      </nav>
      {isAdministrator(user) && (
        <nav aria-label={texts.admin.navigation}>
          <Link to="/admin">{texts.admin.users.title}</Link>
          <Link to="/admin/activity">{texts.admin.activity.title}</Link>
          <Link to="/admin/keys">{texts.admin.keys.title}</Link>
        </nav>
      )}
      <Told problem={problem} />
    </header>
  );
}

function Redirect({ to }: { to: string }) {
  useEffect(() => go(to), [to]);
  return null;
}

function useSession(): State {
  const [state, setState] = useState(currentState);
  useEffect(() => subscribe(() => setState(currentState())), []);
  return state;
}
