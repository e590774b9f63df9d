import { useState } from 'preact/hooks';
import { own } from '../../api';
import { Field, Form, Notice, Page, Section, Told, When, useActs, useLoaded } from '../../parts';
import { Link } from '../../router';
import { type User, nameOf } from '../../session';
import { texts } from '../../texts';
import { type Device, DeviceRow } from '../devices';
import { EntryRow } from '../activity';
import type { List } from './admin';
import type { AdminEntry } from './activity';
import { useList } from './lists';

const t = texts.admin.user;

export function UserDetail({ id }: { id: string }) {
  const path = `api/admin/users/${id}`;
  const { value: user, setValue: setUser, problem } = useLoaded(() => own<User>('GET', path));
  const [gone, setGone] = useState(false);
  return (
    <Page title={user ? nameOf(user) : texts.admin.users.title}>
      <p>
        <Link to="/admin">{t.back}</Link>
      </p>
      <Told problem={problem} />
      {gone && <Notice>{t.gone}</Notice>}
      {user && !gone && (
        <>
          <Facts user={user} />
          <Roles user={user} path={path} setUser={setUser} />
          <Sessions path={path} active={user.is_active} />
          <Account user={user} path={path} setUser={setUser} close={() => setGone(true)} />
          <Log path={path} />
        </>
      )}
    </Page>
  );
}

type Part = { user: User; path: string; setUser: (user: User) => void };

const yesNo = (value: boolean) => (value ? texts.admin.yes : texts.admin.no);

const Facts = ({ user }: { user: User }) => (
  <dl>
    <dt>{t.id}</dt>
    <dd>{user.id}</dd>
    {user.username && (
      <>
        <dt>{t.username}</dt>
        <dd>{user.username}</dd>
      </>
    )}
    <dt>{t.active}</dt>
    <dd>{yesNo(user.is_active)}</dd>
    <dt>{t.verified}</dt>
    <dd>{yesNo(user.email_verified)}</dd>
    <dt>{t.mfa}</dt>
    <dd>{yesNo(user.mfa_enabled)}</dd>
    <dt>{t.joined}</dt>
    <dd>
      <When time={user.date_joined} />
    </dd>
    <dt>{t.lastLogin}</dt>
    <dd>
      <When time={user.last_login} />
    </dd>
  </dl>
);

function Roles({ user, path, setUser }: Part) {
  const { run, told } = useActs();
  const set = async ({ roles }: Record<string, string>) => {
    const names = roles!.split(/[\s,]+/).filter(Boolean);
    const changed = await own<User>('PATCH', path, { roles: names });
    await run(async () => setUser(changed), t.rolesDone);
  };
  return (
    <Section title={t.roles}>
      {told}
      <Form submit={t.rolesSubmit} keep act={set}>
        {(problem) => (
          <Field
            key={user.roles.join()}
            label={t.rolesLabel}
            hint={t.rolesHint}
            name="roles"
            defaultValue={user.roles.join(', ')}
            autocapitalize="off"
            spellcheck={false}
            problem={problem}
          />
        )}
      </Form>
    </Section>
  );
}

function Sessions({ path, active }: { path: string; active: boolean }) {
  const { value: devices, problem, reload } = useLoaded(() => own<List<Device>>('GET', `${path}/devices`), [active]);
  const { run, told } = useActs();
  const revoke = (token_type: 'all' | 'access', done: string) =>
    run(async () => {
      await own('POST', `${path}/revoke`, { token_type });
      await reload();
    }, done);
  const end = (device: Device) =>
    run(async () => {
      await own('DELETE', `${path}/devices/${device.id}`);
      await reload();
    }, texts.devices.ended(device.name));
  return (
    <Section title={t.sessions}>
      {told}
      <Told problem={problem} />
      {devices?.items.length === 0 && <p>{t.noDevices}</p>}
      <ul class="rows">{devices?.items.map((device) => <DeviceRow key={device.id} device={device} end={() => end(device)} />)}</ul>
      <div class="actions">
        <button type="button" class="danger" onClick={() => revoke('all', t.revokeAllDone)}>
          {t.revokeAll}
        </button>
        <button type="button" onClick={() => revoke('access', t.revokeAccessDone)}>
          {t.revokeAccess}
        </button>
      </div>
    </Section>
  );
}

function Account({ user, path, setUser, close }: Part & { close: () => void }) {
  const { run, told } = useActs();
  const setActive = (is_active: boolean) =>
    run(async () => setUser(await own<User>('PATCH', path, { is_active })), is_active ? t.activated : t.deactivated);
  const remove = () =>
    run(async () => {
      if (!confirm(t.removeConfirm(nameOf(user)))) return;
      await own('DELETE', path);
      close();
    });
  return (
    <Section title={t.account}>
      {told}
      <div class="actions">
        {user.is_active ? (
          <button type="button" class="danger" onClick={() => setActive(false)}>
            {t.deactivate}
          </button>
        ) : (
          <button type="button" onClick={() => setActive(true)}>
            {t.activate}
          </button>
        )}
        <button type="button" class="danger" onClick={remove}>
          {t.remove}
        </button>
      </div>
    </Section>
  );
}

function Log({ path }: { path: string }) {
  const { items, told, more } = useList<AdminEntry>(`${path}/activity`, { limit: '20' });
  return (
    <Section title={texts.activity.title}>
      {told}
      <ul class="rows">{items?.map((entry) => <EntryRow key={entry.id} entry={entry} by={entry.actor?.email} />)}</ul>
      {more && (
        <button type="button" onClick={more}>
          {texts.more}
        </button>
      )}
    </Section>
  );
}
