/** Files of fixtures as a reader and a disk are given them. */

import { DatabaseSync } from 'node:sqlite';
import type { DatabaseFile, Fixture, FixtureFile } from './fixture.ts';

/** Content of a log: bytes, or the statements that make a database. */
export type Content = Buffer | DatabaseFile;

export type Files = readonly (readonly [path: string, content: Content])[];

export function filesOf(fixture: Fixture): Files {
  return Object.entries(fixture.files).map(([path, file]) => [path, toContent(file)]);
}

export function toContent(file: FixtureFile): Content {
  return typeof file === 'string' ? Buffer.from(file) : file;
}

export function isBytes(content: Content): content is Buffer {
  return Buffer.isBuffer(content);
}

/** The same with its text changed, whatever kind it is. */
export function rewritten(content: Content, rewrite: (text: string) => string): Content {
  if (isBytes(content)) return Buffer.from(rewrite(content.toString()));
  return { statements: content.statements.map(rewrite) };
}

/** Makes a database, passing over statements that a changed text has spoiled. */
export function makeDatabase(path: string, { statements }: DatabaseFile): DatabaseSync {
  // As SQLite is by itself: rows stand or fall alone.
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  for (const statement of statements) runStatement(database, statement);
  return database;
}

export function runStatement(database: DatabaseSync, statement: string): void {
  try {
    database.exec(statement);
  } catch {
    // A damaged statement is a row that the agent never wrote.
  }
}
