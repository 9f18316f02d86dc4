/** Texts that agents' settings may be. */

/** Settings in the layouts that people and programs give them. */
export const plain: readonly string[] = [
  '{}',
  '{}\n',
  '{"a":1}',
  '{ "a": 1, "b": [1, 2] }\n',
  '{\n  "a": 1\n}\n',
  '{\n\t"a": 1,\n\t"b": {\n\t\t"c": [\n\t\t\t1\n\t\t]\n\t}\n}\n',
  '{\r\n    "a": 1\r\n}\r\n',
  '\uFEFF{\n  "a": 1\n}\n',
  '{\n  // of a\n  "a": 1, // and so on\n  /* b */ "b": 2 // the last\n  // the end\n}\n',
  '{\n  "a": 1,\n}\n',
  '{\n  "a": [],\n  "constructor": { "hooks": 1 }\n}\n',
  '// head\n{\n  "a": "//, }"\n}\n// foot',
];

/** No settings at all. */
export const broken = [
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":1}}',
  '{"a" 1}',
  'hooks',
  '{"hooks":{}',
  '\u0000',
  '<html>',
];
