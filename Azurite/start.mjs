// Azurite's table service, the only one that AuthCluster uses, for this machine only.
import { createRequire } from 'node:module';
import { join } from 'node:path';

process.argv.push(
  '--tableHost', '127.0.0.1',
  '--tablePort', '10002',
  '--location', join(import.meta.dirname, 'data'),
  '--disableTelemetry',
  '--silent');
createRequire(import.meta.url)('azurite/dist/src/table/main.js');
