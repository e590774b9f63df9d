// Azurite's table service, the only one that AuthCluster uses, for this machine only.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [data = join(import.meta.dirname, 'data'), port = '10002', until] = process.argv.splice(2);

// For tests: whatever becomes of the process that started it, its end of the pipe is closed then.
if (until === 'until-stdin-ends')
  process.stdin.resume().on('end', () => process.exit());

process.argv.push(
  '--tableHost', '127.0.0.1',
  '--tablePort', port,
  '--location', data,
  '--disableTelemetry',
  '--silent');
createRequire(import.meta.url)('azurite/dist/src/table/main.js');
