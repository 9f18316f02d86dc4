/** Another program that writes its database: as many rows as it is told to, each in a transaction of its own. */

import { DatabaseSync } from 'node:sqlite';

const [path = '', rows = '0'] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec('PRAGMA busy_timeout = 5000');
const insert = database.prepare('INSERT INTO response (id, output, updated_ms) VALUES (?, 1, 0)');
for (let row = 0; row < Number(rows); row++) insert.run(`r${row}`);
database.close();
