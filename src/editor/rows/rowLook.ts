/** What a row of a view shows, as plain values: equal values need no new drawing. */

import type { CommandId } from '../../contributions.ts';

export interface RowLook {
  readonly label: string;
  readonly description?: string;
  readonly icon?: { readonly id: string; readonly color?: string };
  /** The whole row in words, for screen readers. */
  readonly spoken: string;
  readonly expansion: 'none' | 'open' | 'closed';
  /** For `when` clauses of the context menu. */
  readonly contextValue: string;
  readonly command?: CommandId;
  /** Whether the command is told of which row it is. */
  readonly isAboutRow?: boolean;
}

/** A row of a name and a value. */
export function leaf(contextValue: string, label: string, description: string, command?: CommandId): RowLook {
  const look = {
    label,
    description,
    spoken: `${label}: ${description}`,
    expansion: 'none',
    contextValue,
  } as const;
  return command ? { ...look, command } : look;
}
