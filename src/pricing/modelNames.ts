/** Spellings of a model's name. One model is logged under many; two versions never share one. */

export interface Spelling {
  readonly name: string;
  /** The name was a cloud's for one region, which costs more than the global endpoint. */
  readonly isRegional: boolean;
}

/** Who passes the request on. They may be nested, as in `openrouter/anthropic/`. */
const routes = /^(?:models|openrouter|anthropic|openai|google|azure|vertex_ai|bedrock)\//;

/** Bedrock's `us.anthropic.`; `global.` alone stands for no region. */
const bedrockMaker = /^(?:([a-z-]+)\.)?(?:anthropic|openai)\./;

/** Marks of a snapshot, a deployment or a mode. They name the same model at the same price. */
const suffixes = [
  /\[1m\]$/,
  /:thinking$/,
  /@(?:\d{8}|default)$/,
  /-v\d+(?::\d+)?$/,
  /-\d{4}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/,
];

/** Other spellings of a logged name, nearest first: without route, region and snapshot, `4.8` for `4-8` and back. */
export function otherSpellings(logged: string): readonly Spelling[] {
  const routed = stripRoutes(logged.trim().toLowerCase());
  const maker = bedrockMaker.exec(routed);
  const isRegional = maker !== null && maker[1] !== 'global';
  const bare = maker === null ? routed : routed.slice(maker[0].length);
  const plain = suffixes.reduce((name, suffix) => name.replace(suffix, ''), bare);
  const names = [bare, plain, plain.replace(/(?<=\d)\.(?=\d)/g, '-'), plain.replace(/(?<=\d)-(?=\d)/g, '.')];
  return [...new Set(names)].map((name) => ({ name, isRegional }));
}

function stripRoutes(name: string): string {
  const stripped = name.replace(routes, '');
  return stripped === name ? name : stripRoutes(stripped);
}
