// Starts three nodes on this machine, and Azurite for them; stops all of them on Ctrl-C, or when one of them stops.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const project = join(root, 'src', 'AuthCluster.OrleansHost');
const program = join(project, 'bin', 'Release', 'net10.0', 'AuthCluster.OrleansHost.dll');
const azurite = join(root, 'Azurite');
const azuriteUrl = 'http://127.0.0.1:10002';
const keyFile = join(root, '.run-local', 'master.key');
const patienceSeconds = 60;
const stopSeconds = 15;

const storages = {
  azurite: { Storage: 'AzureStorage', ConnectionString: 'UseDevelopmentStorage=true' },
  postgresql: { Storage: 'PostgreSql', ConnectionString: process.env.AuthCluster__Cluster__ConnectionString },
  localhost: { Storage: 'Localhost' },
};
const usage = `run-local [--storage ${Object.keys(storages).join('|')}] [--data DIRECTORY]

azurite     Azure Table storage on this machine, started along with the nodes (the default)
postgresql  the database that AuthCluster__Cluster__ConnectionString names; docs/production.md tells how to make its tables
localhost   in memory: everything is gone when the nodes stop

--data      where Azurite keeps its tables (default: Azurite/data)`;

const nodes = [];
const servicesOfNodes = [];
let stopping = false;

function readCommandLine() {
  const options = { storage: { type: 'string', default: 'azurite' }, data: { type: 'string', default: join(azurite, 'data') }, help: { type: 'boolean', short: 'h' } };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (fault) {
    throw new Error(`${fault.message}\n\n${usage}`);
  }

  if (values.help) {
    console.log(usage);
    process.exit(0);
  }

  if (!Object.hasOwn(storages, values.storage))
    throw new Error(`--storage: ${values.storage} is not known.\n\n${usage}`);
  if (values.storage === 'postgresql' && !storages.postgresql.ConnectionString)
    throw new Error('--storage postgresql: the environment variable AuthCluster__Cluster__ConnectionString must be set.');
  return values;
}

/** Runs a command to its end. */
function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
}

function prepare(storage) {
  run('dotnet', ['build', project, '-c', 'Release', '--nologo', '-v', 'quiet']);
  if (storage === 'azurite' && !existsSync(join(azurite, 'node_modules')))
    run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: azurite, shell: process.platform === 'win32' });
  if (!existsSync(keyFile)) {
    // The same for all nodes, and again at the next start: what is stored is sealed with it.
    mkdirSync(join(root, '.run-local'), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
}

/** Starts a program in a process group of its own: the terminal sends Ctrl-C to this one's, and the order of the stop matters. */
function start(name, command, args, environment = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  child.on('error', fault => console.error(`${name}: ${fault.message}`));
  child.ended = new Promise(resolve => {
    child.on('close', resolve);
    child.on('error', resolve);
  });
  child.ended.then(() => stop(1, `${name} stopped.`));
  for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]])
    relay(name, from, to);
  return child;
}

function relay(name, from, to) {
  let rest = '';
  from.setEncoding('utf8').on('data', text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines)
      to.write(`${name} | ${line.trimEnd()}\n`);
  });
}

/** Waits until the address answers in a way that will do. */
async function answering(name, url, isReady) {
  for (let second = 0; second < patienceSeconds && !stopping; second++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer && isReady(answer))
      return;
    await delay(1000);
  }

  if (!stopping)
    throw new Error(`${name} is not ready after ${patienceSeconds} seconds.`);
}

async function startNode(number, storage) {
  const url = `http://127.0.0.1:${8000 + number}`;
  const settings = {
    ...storages[storage],
    // Not the default ones: another cluster on this machine is left alone.
    ClusterId: 'run-local',
    SiloPort: 11120 + number,
    GatewayPort: 30020 + number,
    AdvertisedAddress: '127.0.0.1',
    ...(storage === 'localhost' && number > 1 && { Primary: '127.0.0.1:11121' }),
  };
  const environment = { AuthCluster__Keys__MasterFile: keyFile };
  for (const [key, value] of Object.entries(settings))
    environment[`AuthCluster__Cluster__${key}`] = String(value);
  nodes.push(start(`node ${number}`, 'dotnet', [program, '--urls', url], environment));
  await answering(`node ${number}`, `${url}/health/ready`, answer => answer.ok);
  return url;
}

/** Asks programs to stop, waits until they have, and kills those that take too long. */
async function end(programs) {
  for (const program of programs)
    program.kill('SIGTERM');
  await Promise.race([Promise.all(programs.map(program => program.ended)), delay(stopSeconds * 1000)]);
  for (const program of programs.filter(program => program.exitCode === null && program.signalCode === null))
    program.kill('SIGKILL');
}

/** Nodes first: each leaves the cluster by writing so into the storage. */
async function stop(exitCode, reason) {
  if (stopping)
    return;
  stopping = true;
  (exitCode === 0 ? console.log : console.error)(reason);
  await end(nodes);
  await end(servicesOfNodes);
  console.log('All have stopped.');
  process.exit(exitCode);
}

async function main() {
  const { storage, data } = readCommandLine();
  prepare(storage);
  process.on('SIGINT', () => stop(0, 'Stopping …'));
  process.on('SIGTERM', () => stop(0, 'Stopping …'));
  if (storage === 'azurite') {
    servicesOfNodes.push(start('azurite', process.execPath, [join(azurite, 'start.mjs'), data]));
    await answering('azurite', azuriteUrl, () => true);
  }

  // One after the other: nodes that join at the same moment find the table changed by the other one, and warn of it.
  const urls = [];
  for (const number of [1, 2, 3]) {
    if (!stopping)
      urls.push(await startNode(number, storage));
  }

  if (!stopping)
    console.log(`Three nodes, each as good as the others:\n${urls.map(url => `  ${url}`).join('\n')}\nCtrl-C stops them.`);
}

main().catch(fault => stop(1, fault.message));
