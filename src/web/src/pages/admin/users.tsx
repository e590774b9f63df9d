import { useState } from 'preact/hooks';
import { Field, Form, Page } from '../../parts';
import { Link } from '../../router';
import { type User, nameOf } from '../../session';
import { texts } from '../../texts';
import { useList } from './lists';

const t = texts.admin.users;

export function Users() {
  const [email, setEmail] = useState('');
  const { items, told, more } = useList<User>('api/admin/users', email ? { email, limit: '50' } : { limit: '50' });
  return (
    <Page title={t.title}>
      <Form submit={t.submit} keep act={async ({ email }) => setEmail(email!.trim())}>
        {() => <Field label={t.search} name="email" autocapitalize="off" spellcheck={false} />}
      </Form>
      {told}
      {items?.length === 0 && <p>{t.none}</p>}
      <ul class="rows">
        {items?.map((user) => (
          <li key={user.id}>
            <div>
              <Link to={`/admin/users/${user.id}`}>{nameOf(user)}</Link>
              {user.roles.map((role) => (
                <span class="mark" key={role}>
                  {role}
                </span>
              ))}
              {!user.is_active && <span class="mark bad">{t.inactive}</span>}
            </div>
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" onClick={more}>
          {texts.more}
        </button>
      )}
    </Page>
  );
}
