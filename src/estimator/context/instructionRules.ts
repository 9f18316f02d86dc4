/** The forms in which agents look for instruction files that they load by themselves. */

/** Where a rule looks, as folders in the order in which the agent reads them. */
export type InstructionPlace =
  /** The folder that administrators fill, for all users of the machine. */
  | 'managed'
  /** The agent's own folder of this user. */
  | 'user'
  /** This user's home folder, for files in the folders of other agents. */
  | 'home'
  /** The folder that the agent works in. */
  | 'folder'
  /** From the root of the disk down to the folder. */
  | 'fromRoot'
  /** From the nearest folder that holds `.git` down to the folder; the folder alone where there is none. */
  | 'fromProject'
  /** Below the folder, on the way to each file that the prompt sends. */
  | 'below';

/** The field of the front matter that says which files an instruction file is for. */
export type ScopeField = 'paths' | 'applyTo' | 'globs';

export interface InstructionRule {
  readonly place: InstructionPlace;
  /** Relative to each folder of the place. */
  readonly names: readonly string[];
  /** `first` takes one of a folder, the earliest name that is there. */
  readonly takes: 'all' | 'first';
  /** `first` of the whole place: once a name is found in one folder, the later names count nowhere. */
  readonly isOneNameOverall?: true;
  /** Set where the names are folders, to be searched at every depth for files with this ending. */
  readonly endings?: readonly string[];
  readonly scope?: ScopeField;
}

/** Whether and why an instruction file applies. */
export type Applies =
  | 'always'
  /** A file that the prompt sends is one that it is for. */
  | 'matched'
  /** The agent reads the description and may fetch the rest. */
  | 'agentDecides'
  | 'no';
