import assert from 'node:assert/strict';
import { isOfProject } from '../../../src/domain/project.ts';

describe('whether an agent worked on a project', () => {
  it('is so where it was started in the folder or below it', () => {
    assert.ok(isOfProject('/home/ann/app', '/home/ann/app'));
    assert.ok(isOfProject('/home/ann/app/src', '/home/ann/app'));
    assert.ok(isOfProject('C:\\app\\src', 'C:\\app'));
    assert.ok(isOfProject('C:\\app\\src', 'c:\\app'));
    assert.ok(isOfProject('c:/app', 'C:/app'));
  });

  it('is so anywhere below a folder that ends in its separator, as the root of a disk does', () => {
    assert.ok(isOfProject('/home/ann', '/'));
    assert.ok(isOfProject('/', '/'));
    assert.ok(isOfProject('C:\\app', 'c:\\'));
    assert.ok(isOfProject('/home/ann/app', '/home/ann/app/'));
  });

  it('is not so beside it, above it, or where either is not known', () => {
    assert.ok(!isOfProject('/home/ann/apple', '/home/ann/app'));
    assert.ok(!isOfProject('/home/ann', '/home/ann/app'));
    assert.ok(!isOfProject(null, '/home/ann/app'));
    assert.ok(!isOfProject('/home/ann/app', null));
  });
});
