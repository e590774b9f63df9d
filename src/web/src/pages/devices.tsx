import { own, ownInTurn } from '../api';
import { Page, Told, When, useActs, useLoaded } from '../parts';
import { enter, leaveEverywhere } from '../session';
import { texts } from '../texts';

export type Device = { id: string; name: string; ip: string | null; user_agent: string | null; created: string; last_seen: string; current: boolean };

export function Devices() {
  const { value: devices, problem, reload } = useLoaded(() => own<Device[]>('GET', 'api/user/devices'));
  const { run, told } = useActs();
  const end = (device: Device) =>
    run(async () => {
      await own('DELETE', `api/user/devices/${device.id}`);
      await reload();
    }, texts.devices.ended(device.name));
  const endOthers = () =>
    run(async () => {
      enter(await ownInTurn('api/session/logout/others'));
      await reload();
    }, texts.devices.othersDone);
  const endAll = () =>
    run(async () => {
      if (!confirm(texts.devices.allConfirm)) return;
      await own('POST', 'api/user/logout/all');
      leaveEverywhere();
    });
  return (
    <Page title={texts.devices.title}>
      <p>{texts.devices.intro}</p>
      {told}
      <Told problem={problem} />
      <ul class="rows">{devices?.map((device) => <DeviceRow key={device.id} device={device} end={() => end(device)} />)}</ul>
      <div class="actions">
        {devices && devices.length > 1 && (
          <button type="button" onClick={endOthers}>
            {texts.devices.others}
          </button>
        )}
        <button type="button" class="danger" onClick={endAll}>
          {texts.devices.all}
        </button>
      </div>
    </Page>
  );
}

export function DeviceRow({ device, end }: { device: Device; end: () => void }) {
  return (
    <li>
      <div>
        <strong>{device.name}</strong>
        {device.current && <span class="mark">{texts.devices.current}</span>}
        <p class="hint">
          {texts.devices.seen} <When time={device.last_seen} /> · {texts.devices.since} <When time={device.created} />
          {device.ip && ` · ${device.ip}`}
        </p>
      </div>
      {!device.current && (
        <button type="button" aria-label={texts.devices.endNamed(device.name)} onClick={end}>
          {texts.devices.end}
        </button>
      )}
    </li>
  );
}
