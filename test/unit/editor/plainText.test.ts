import assert from 'node:assert/strict';
import {
  shorten,
  toPlainLine,
  toPlainPath,
  withoutIcons,
  withoutLinks,
} from '../../../src/editor/plainText.ts';

describe('text of logs', () => {
  it('loses line breaks, escape codes and characters that turn the text around', () => {
    assert.equal(toPlainLine('one\ntwo \u001b[31mred \u202Eevil'), 'one two [31mred evil');
  });

  it('keeps all of a path but what acts on the text around it', () => {
    const folder = '/a folder/'.repeat(40);
    assert.equal(toPlainPath(`${folder}one\ntwo\u202Egnp`), `${folder}one two gnp`);
  });

  it('is cut where it is too long, between characters and not within one', () => {
    assert.equal(shorten('claude', 6), 'claude');
    assert.equal(shorten('claude 5', 8), 'claude 5');
    assert.equal(shorten('claude 5 too', 8), 'claude…');
    assert.equal(shorten('🌊🌊🌊🌊', 3), '🌊🌊…');
  });

  it('cannot put a link into a message', () => {
    assert.doesNotMatch(withoutLinks('[click](command:evil) and\n[x](https://evil)'), /\]\(/);
  });

  it('cannot join a link out of what is taken away', () => {
    assert.doesNotMatch(withoutLinks('[click]\u202E(command:evil)'), /\]\(/);
  });

  it('cannot put an icon into a quick pick', () => {
    assert.equal(withoutIcons('$(flame) hot'), '\\$(flame) hot');
    assert.equal(withoutIcons('$\u200B(flame)').replaceAll('\\$(', ''), '$ (flame)');
  });
});
