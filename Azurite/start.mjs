// Azurite's table service, the only one that AuthCluster uses, for this machine only.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [data = join(import.meta.dirname, 'data'), port = '10002'] = process.argv.splice(2);

process.argv.push(
  '--tableHost', '127.0.0.1',
  '--tablePort', port,
  '--location', data,
  '--disableTelemetry',
  '--silent');
createRequire(import.meta.url)('azurite/dist/src/table/main.js');
