import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { own } from '../api';
import { Page, When, useActs } from '../parts';
import { texts } from '../texts';

export type Entry = {
  id: string;
  time: string;
  event: string;
  outcome: 'succeeded' | 'failed';
  reason: string | null;
  ip: string | null;
  email: string | null;
  user_agent: string | null;
  device_id: string | null;
  device_name: string | null;
};

const PAGE = 25;

export function Activity() {
  const [entries, setEntries] = useState<Entry[]>();
  const [more, setMore] = useState(false);
  const { run, told } = useActs();
  const load = (before?: string) =>
    run(async () => {
      const page = await own<Entry[]>('GET', `api/user/activity?limit=${PAGE}${before ? `&before=${before}` : ''}`);
      setEntries((known) => [...(before ? (known ?? []) : []), ...page]);
      setMore(page.length === PAGE);
    });
  useEffect(() => void load(), []);
  return (
    <Page title={texts.activity.title}>
      <p>{texts.activity.intro}</p>
      {told}
      {entries?.length === 0 && <p>{texts.activity.empty}</p>}
      <ul class="rows">{entries?.map((entry) => <EntryRow key={entry.id} entry={entry} />)}</ul>
      {more && (
        <button type="button" onClick={() => load(entries?.at(-1)?.id)}>
          {texts.more}
        </button>
      )}
    </Page>
  );
}

/** @param by the administrator who did it. */
export function EntryRow({ entry, by, children }: { entry: Entry; by?: string | null; children?: ComponentChildren }) {
  const failed = entry.outcome === 'failed';
  const where = [
    entry.device_name,
    entry.ip && `${texts.activity.from} ${entry.ip}`,
    entry.reason && (texts.reasonsOfEvents[entry.reason] ?? entry.reason),
    by && `${texts.admin.activity.by} ${by}`,
  ];
  return (
    <li>
      <div>
        <strong>{texts.events[entry.event] ?? entry.event}</strong>
        {failed && <span class="mark bad">{texts.activity.failed}</span>}
        <p class="hint">
          {[<When time={entry.time} />, ...where.filter(Boolean)].map((part, index) => (
            <>
              {index > 0 && ' · '}
              {part}
            </>
          ))}
        </p>
        {children}
      </div>
    </li>
  );
}
