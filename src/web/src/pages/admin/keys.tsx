import { open, own } from '../../api';
import { Page, Told, useActs, useLoaded } from '../../parts';
import { texts } from '../../texts';

const t = texts.admin.keys;

export function Keys() {
  const { value, problem, reload } = useLoaded(() => open<{ keys: { kid: string; alg: string }[] }>('GET', '.well-known/jwks.json'));
  const { run, told } = useActs();
  const rotate = (retire_old: boolean) =>
    run(async () => {
      if (retire_old && !confirm(t.retireConfirm)) return;
      await own('POST', 'api/admin/keys/rotate', { retire_old });
      // With the old keys void this session is over, too: the next look says so.
      if (!retire_old) await reload();
    }, retire_old ? undefined : t.rotated);
  return (
    <Page title={t.title}>
      <p>{t.intro}</p>
      {told}
      <Told problem={problem} />
      {value?.keys.length === 0 && <p>{t.none}</p>}
      <ul class="rows">
        {value?.keys.map((key) => (
          <li key={key.kid}>
            <div>
              <code>{key.kid}</code>
              <span class="mark">{key.alg}</span>
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" onClick={() => rotate(false)}>
          {t.rotate}
        </button>
        <button type="button" class="danger" onClick={() => rotate(true)}>
          {t.retire}
        </button>
      </div>
    </Page>
  );
}
