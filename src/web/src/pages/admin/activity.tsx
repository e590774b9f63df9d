import { useId, useState } from 'preact/hooks';
import { Field, Form, Page } from '../../parts';
import { Link } from '../../router';
import { texts } from '../../texts';
import { type Entry, EntryRow } from '../activity';
import { useList } from './lists';

const t = texts.admin.activity;

export type AdminEntry = Entry & { actor: { id: string; email: string | null; ip: string | null } | null; user_id?: string | null };

/** The whole log of the site, with filters. */
export function AllActivity() {
  const [filter, setFilter] = useState<Record<string, string>>({});
  const { items, told, more } = useList<AdminEntry>('api/admin/activity', { limit: '50', ...filter });
  const outcome = useId();
  const set = async ({ since, ...values }: Record<string, string>) => {
    const given = Object.entries(values).filter(([, value]) => value.trim());
    setFilter({ ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])), ...(since && { since: new Date(since).toISOString() }) });
  };
  return (
    <Page title={t.title}>
      <Form submit={t.submit} keep act={set}>
        {() => (
          <>
            <Field label={t.email} name="email" autocapitalize="off" spellcheck={false} />
            <Field label={t.ip} name="ip" spellcheck={false} />
            <Field label={t.since} name="since" type="datetime-local" />
            <div class="field">
              <label for={outcome}>{t.outcome}</label>
              <select id={outcome} name="outcome">
                <option value="">{t.all}</option>
                <option value="succeeded">{t.succeeded}</option>
                <option value="failed">{t.failed}</option>
              </select>
            </div>
          </>
        )}
      </Form>
      {told}
      {items?.length === 0 && <p>{t.none}</p>}
      <ul class="rows">
        {items?.map((entry) => (
          <EntryRow key={entry.id} entry={entry} by={entry.actor?.email}>
            {entry.user_id ? <Link to={`/admin/users/${entry.user_id}`}>{entry.email ?? entry.user_id}</Link> : entry.email}
          </EntryRow>
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
