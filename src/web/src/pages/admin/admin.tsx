/** The administration: it asks for a page of each list at a time, so that it stays quick however many users there are. */
import { Page } from '../../parts';
import { Link } from '../../router';
import type { User } from '../../session';
import { texts } from '../../texts';
import { AllActivity } from './activity';
import { Keys } from './keys';
import { UserDetail } from './user';
import { Users } from './users';

export type List<T> = { items: T[]; next: string | null };

export const isAdministrator = (user: User) => user.roles.includes('admin');

const userPath = '/admin/users/';

export function AdminPage({ path }: { path: string }) {
  if (path.startsWith(userPath)) return <UserDetail key={path} id={path.slice(userPath.length)} />;
  switch (path) {
    case '/admin':
      return <Users />;
    case '/admin/activity':
      return <AllActivity />;
    case '/admin/keys':
      return <Keys />;
    default:
      return (
        <Page title={texts.notFound}>
          <Link to="/admin">{texts.admin.users.title}</Link>
        </Page>
      );
  }
}
