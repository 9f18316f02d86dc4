/** The README's tables of commands and settings, made from the manifest. `npm run readme` writes them. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './layout.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly markdownDescription: string; readonly default: unknown }>
      >;
    }[];
  };
}

/** The README with its tables made anew. */
export function withTables(readme: string): string {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const texts: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(root, 'package.nls.json'), 'utf8'),
  );
  const textOf = (key: string) => texts[key.replaceAll('%', '')] ?? key;
  const { commands, configuration, menus } = manifest.contributes;
  const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
  const commandRows = commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ title, category }) => `- *${category}: ${textOf(title)}*`);
  const settingRows = configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .map(
      ([id, setting]) =>
        `| \`${id}\` | \`${JSON.stringify(setting.default)}\` | ${toPlain(textOf(setting.markdownDescription))} |`,
    );
  const settings = ['| setting | default | what it does |', '|---|---|---|', ...settingRows];
  return fill(fill(readme, 'commands', commandRows), 'settings', settings);
}

/** Links to other settings and to commands work inside the editor alone. */
function toPlain(markdown: string): string {
  return markdown.replace(/ ?\[[^\]]*\]\(command:[^)]*\)\.?/g, '').replace(/`#([^#]+)#`/g, '`$1`');
}

function fill(readme: string, name: string, lines: readonly string[]): string {
  const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  return readme.replace(between, (_all, before, after) => `${before}${lines.join('\n')}\n${after}`);
}

if (process.argv[1] === import.meta.filename) {
  const path = join(root, 'README.md');
  writeFileSync(path, withTables(readFileSync(path, 'utf8')));
}
