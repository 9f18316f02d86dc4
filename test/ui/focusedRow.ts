import type { Locator } from 'playwright-core';

/** What a screen reader says of the row of a tree that the keyboard is on; empty while it is on none. */
export function focusedRowIn(tree: Locator): Promise<string> {
  return tree.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant') ?? '';
    return element.ownerDocument.getElementById(id)?.getAttribute('aria-label') ?? '';
  });
}
