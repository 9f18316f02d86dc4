import assert from 'node:assert/strict';
import { parseBudgets } from '../../../src/budgets/parseBudgets.ts';
import { parseDollars } from '../../../src/domain/money.ts';

const user = { project: null, homeFolder: '/home/me' };
const workspace = { project: '/work/tide', homeFolder: '/home/me' };

const one = (entry: unknown, place = user as Parameters<typeof parseBudgets>[1]) => {
  const { budgets, wrong } = parseBudgets([entry], place);
  return budgets[0] ?? wrong[0]?.fault;
};
const read = (entry: object, place?: Parameters<typeof parseBudgets>[1]) => {
  const budget = one({ per: 'day', limit: 1, ...entry }, place);
  return typeof budget === 'object' ? budget : assert.fail(`refused: ${budget}`);
};

describe('budgets of a setting', () => {
  it('are read with what is left out as it usually is', () => {
    assert.deepEqual(one({ per: 'session', limit: 2.5 }), {
      id: '["session","list","","",""]',
      span: { kind: 'session' },
      unit: 'list',
      scope: {},
      limit: parseDollars('2.50'),
      nearPercent: 80,
      wrapUpPercent: 95,
      stops: true,
      isPaused: false,
    });
  });

  it('are read with all that can be said', () => {
    const all = {
      per: '5h',
      limit: 10,
      unit: 'tokens',
      agent: 'codex',
      project: '~/tide',
      model: 'gpt-*',
      near: 50,
      wrapUp: 60,
      stop: false,
      paused: true,
    };
    assert.deepEqual(one(all), {
      id: '["5h","tokens","codex","/home/me/tide","gpt-*"]',
      span: { kind: 'rolling', hours: 5 },
      unit: 'tokens',
      scope: { agent: 'codex', project: '/home/me/tide', model: 'gpt-*' },
      limit: 10n,
      nearPercent: 50,
      wrapUpPercent: 60,
      stops: false,
      isPaused: true,
    });
  });

  for (const unit of ['day', 'week', 'month'] as const) {
    it(`may be for a ${unit}`, () => {
      assert.deepEqual(read({ per: unit }).span, { kind: 'calendar', unit });
    });
  }

  it('may be for rolling hours, up to a year', () => {
    assert.deepEqual(read({ per: '1h' }).span, { kind: 'rolling', hours: 1 });
    assert.deepEqual(read({ per: '8784h' }).span, { kind: 'rolling', hours: 8_784 });
  });

  for (const per of [
    '',
    'year',
    '0h',
    '05h',
    '8785h',
    '99999h',
    '1.5h',
    'h',
    '5 h',
    5,
    null,
    undefined,
    {},
    'xday',
    '5hours',
    ['5h'],
  ]) {
    it(`are for no "${String(per)}"`, () => assert.equal(one({ per, limit: 1 }), 'per'));
  }

  const limits: readonly (readonly [string, number, bigint])[] = [
    ['list', 0, 0n],
    ['list', 0.000001, 1_000_000n],
    ['paid', 1_000_000, 10n ** 18n],
    ['plan', 2.1, 2_100_000_000_000n],
    ['tokens', 10 ** 15, 10n ** 15n],
    ['credits', 1.5, 15_000_000_000n],
    ['credits', 10 ** 9, 10n ** 19n],
    ['planShare', 80, 800_000n],
    ['planShare', 1_000, 10_000_000n],
  ];
  for (const [unit, limit, amount] of limits) {
    it(`of ${limit} ${unit} have a limit of ${amount}`, () => {
      assert.equal(read({ unit, limit }).limit, amount);
    });
  }

  const wrongLimits: readonly (readonly [string, unknown])[] = [
    ['list', -1],
    ['list', 1_000_000.5],
    ['list', Number.NaN],
    ['list', Number.POSITIVE_INFINITY],
    ['list', '5'],
    ['list', null],
    ['list', undefined],
    ['paid', 1e21],
    ['plan', 10n],
    ['tokens', 1.5],
    ['tokens', 10 ** 15 + 1],
    ['credits', 10 ** 9 + 1],
    ['planShare', 1_000.1],
  ];
  for (const [unit, limit] of wrongLimits) {
    it(`have no limit of ${String(limit)} ${unit}`, () => {
      assert.equal(one({ per: 'day', unit, limit }), 'limit');
    });
  }

  const wrongFields: readonly (readonly [object, string])[] = [
    [{ unit: 'euro' }, 'unit'],
    [{ unit: null }, 'unit'],
    [{ agent: 'nobody' }, 'agent'],
    [{ agent: null }, 'agent'],
    [{ model: '' }, 'model'],
    [{ model: 7 }, 'model'],
    [{ model: ['gpt-5'] }, 'model'],
    [{ model: 'x'.repeat(201) }, 'model'],
    [{ project: '' }, 'project'],
    [{ project: 'tide' }, 'project'],
    [{ project: '~you/tide' }, 'project'],
    [{ project: 'x~/tide' }, 'project'],
    [{ project: '/work/../etc' }, 'project'],
    [{ project: 7 }, 'project'],
    [{ near: 0 }, 'percents'],
    [{ near: 101 }, 'percents'],
    [{ near: 1.5 }, 'percents'],
    [{ near: '80' }, 'percents'],
    [{ wrapUp: 0 }, 'percents'],
    [{ wrapUp: null }, 'percents'],
    [{ near: 90, wrapUp: 80 }, 'percents'],
    [{ stop: 'no' }, 'stop'],
    [{ stop: null }, 'stop'],
    [{ paused: 1 }, 'paused'],
    [{ limits: 5 }, 'field'],
    [{ unit: 'planShare', project: '/work' }, 'share'],
    [{ unit: 'planShare', model: 'gpt-*' }, 'share'],
    [{ unit: 'planShare', per: 'session' }, 'share'],
  ];
  for (const [entry, fault] of wrongFields) {
    it(`are refused for ${JSON.stringify(entry).slice(0, 60)}`, () => {
      assert.equal(one({ per: 'day', limit: 1, ...entry }), fault);
    });
  }

  it('may be of a model whose name is as long as names are', () => {
    assert.equal(read({ model: 'x'.repeat(200) }).scope.model?.length, 200);
  });

  it('may be of a folder whose path is as long as paths are, and of none that is longer', () => {
    assert.equal(read({ project: `/${'x'.repeat(4_095)}` }).scope.project?.length, 4_096);
    assert.equal(one({ per: 'day', limit: 1, project: `${'/'.repeat(100_000)}x` }), 'project');
  });

  it('may be of any share of an agent’s plan', () => {
    assert.deepEqual(read({ unit: 'planShare', agent: 'codex' }).scope, { agent: 'codex' });
  });

  it('let one percent that is given move the other out of its way', () => {
    const percents = (entry: object) => {
      const { nearPercent, wrapUpPercent } = read(entry);
      return [nearPercent, wrapUpPercent];
    };
    assert.deepEqual(
      [{ near: 97 }, { near: 90 }, { wrapUp: 60 }, { wrapUp: 90 }, { near: 1, wrapUp: 1 }, { near: 100 }].map(
        percents,
      ),
      [
        [97, 97],
        [90, 95],
        [60, 60],
        [80, 90],
        [1, 1],
        [100, 100],
      ],
    );
  });

  it('name folders of any platform, without what ends them', () => {
    const projects = [
      '/work/tide/',
      '/work/tide//\\',
      '/',
      'C:\\work\\',
      '\\\\wsl$\\x',
      'c:/work',
      '~',
      '~\\x',
    ];
    assert.deepEqual(
      projects.map((project) => read({ project }).scope.project),
      ['/work/tide', '/work/tide', '', 'C:\\work', '\\\\wsl$\\x', 'c:/work', '/home/me', '/home/me\\x'],
    );
  });

  it('are each by itself: a wrong one takes none of the others with it', () => {
    const { budgets, wrong } = parseBudgets(
      [7, { per: 'day', limit: 1 }, null, [], { per: 'day', limit: 2 }, { per: 'week', limit: 3 }],
      user,
    );
    assert.deepEqual(
      budgets.map(({ limit }) => limit / 10n ** 12n),
      [1n, 3n],
    );
    assert.deepEqual(wrong, [
      { index: 0, fault: 'shape' },
      { index: 2, fault: 'shape' },
      { index: 3, fault: 'shape' },
      { index: 4, fault: 'duplicate' },
    ]);
  });

  it('are a hundred at most', () => {
    const many = Array.from({ length: 102 }, (_, n) => ({ per: `${n + 1}h`, limit: 1 }));
    const { budgets, wrong } = parseBudgets(many, user);
    assert.deepEqual([budgets.length, wrong], [100, [{ index: 100, fault: 'tooMany' }]]);
    assert.deepEqual(parseBudgets(many.slice(0, 100), user).wrong, []);
  });

  it('are none where there is no setting, and wrong where it is no list', () => {
    for (const value of [undefined, null, []]) {
      assert.deepEqual(parseBudgets(value, user), { budgets: [], wrong: [] });
    }
    for (const value of [{}, 'all', 5, true]) {
      assert.deepEqual(parseBudgets(value, user), { budgets: [], wrong: [{ index: -1, fault: 'shape' }] });
    }
  });

  it('never throw, whatever their names', () => {
    const lone = '\ud800';
    const hostile = [
      { per: 'day', limit: 1, model: lone, project: `/${lone}` },
      { per: 'day', limit: 1, model: '$(x)\n'.repeat(9) },
      JSON.parse('{"per":"week","limit":1,"__proto__":{"paused":true}}'),
    ];
    const { budgets, wrong } = parseBudgets(hostile, user);
    assert.equal(budgets.length, 2);
    assert.deepEqual(wrong, [{ index: 2, fault: 'field' }]);
  });
});

describe('budgets of a workspace', () => {
  it('count its folder alone', () => {
    assert.deepEqual(read({}, workspace).scope, { project: '/work/tide' });
    assert.deepEqual(read({ project: '/work/tide' }, workspace).scope, { project: '/work/tide' });
    assert.deepEqual(read({ project: '/work/tide/sub/' }, workspace).scope, { project: '/work/tide/sub' });
  });

  for (const project of ['/work', '/work/tidewater', '~', '/', 7]) {
    it(`count nothing in ${project}`, () => {
      assert.equal(one({ per: 'day', limit: 1, project }, workspace), 'project');
    });
  }

  it('are never paused', () => {
    assert.equal(one({ per: 'day', limit: 1, paused: true }, workspace), 'weaker');
    assert.equal(read({ paused: false }, workspace).isPaused, false);
  });

  it('have no share of a plan, which knows no folders', () => {
    assert.equal(one({ per: 'day', limit: 1, unit: 'planShare' }, workspace), 'share');
  });
});
