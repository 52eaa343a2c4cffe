import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { CACHE } from "../paths";
import type { Versions } from "./rawFile";
import { RefusedError } from "./errors";
import type { Identity } from "./identity";
import { takeLock } from "./lock";
import type { Machine } from "./machine";
import type { Failure, RoundRecord } from "./rawFile";

/** What is known of a run when it begins. */
export interface Beginning {
    readonly identity: Identity;
    readonly dirty: boolean;
    readonly started: string;
    readonly seed: number;
    readonly machine: Machine;
}

interface Header extends Beginning {
    readonly versions: Versions;
}

/** Directory of an unfinished run of a campaign, or of some of its groups. */
export function stateDirectory(campaign: string, only?: readonly string[]): string {
    const selection = only === undefined ? "" : `.${[...only].sort().join(".")}`;
    return join(CACHE, "campaigns", `${campaign}${selection}`);
}

/**
 * An unfinished run, outside the checkout: a file for each round that has ended. Each appears complete or not at all, so
 * a process that is killed leaves what it has done.
 */
export class RunState {
    private readonly giveBack: () => void;
    private records = new Map<string, RoundRecord>();

    /**
     * Takes what is there, if anything is, for this process alone.
     *
     * @throws {@link RefusedError} when another process has it.
     */
    constructor(private readonly directory: string) {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        this.giveBack = takeLock(join(directory, "lock"));
        for (const name of readdirSync(this.folder("rounds")).filter((each) =>
            each.endsWith(".json"),
        )) {
            const record = this.read<RoundRecord>(join("rounds", name))!;
            this.records.set(record.round, record);
        }
    }

    /** What the unfinished run began with; `undefined` when there is none. */
    get header(): Header | undefined {
        return this.read<Header>("run.json");
    }

    /** Directory for what the campaign itself keeps. */
    get work(): string {
        return this.folder("work");
    }

    /** Begins anew. */
    begin(beginning: Beginning): void {
        for (const name of readdirSync(this.directory).filter((each) => each !== "lock")) {
            rmSync(join(this.directory, name), { recursive: true, force: true });
        }
        this.records = new Map();
        this.write("run.json", { ...beginning, versions: {} } satisfies Header);
    }

    /** Adds versions of what runs. */
    note(versions: Versions): void {
        const header = this.header!;
        for (const [name, version] of Object.entries(versions)) {
            const before = header.versions[name];
            if (before !== undefined && before !== version) {
                throw new RefusedError(
                    `${name}: expected ${before}, as in the rounds that are done, got ${version}`,
                    "put that version back, or begin anew with --anew",
                );
            }
        }
        this.write("run.json", { ...header, versions: { ...header.versions, ...versions } });
    }

    /** Keeps a round that has ended. */
    save(record: RoundRecord): void {
        this.folder("rounds");
        this.write(join("rounds", `${record.round}.json`), record);
        this.records.set(record.round, record);
    }

    /** The round of a name, if it has ended. */
    recordOf(round: string): RoundRecord | undefined {
        return this.records.get(round);
    }

    /** Keeps that an attempt failed. */
    fail(failure: Failure): void {
        this.write("failures.json", [...this.failures, failure]);
    }

    /** The attempts that failed. */
    get failures(): readonly Failure[] {
        return this.read<Failure[]>("failures.json") ?? [];
    }

    /** Forgets the run, whose results are elsewhere by now. */
    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }

    /** Lets others have it. */
    release(): void {
        this.giveBack();
    }

    private folder(name: string): string {
        const path = join(this.directory, name);
        mkdirSync(path, { recursive: true });
        return path;
    }

    private read<T>(name: string): T | undefined {
        const file = join(this.directory, name);
        return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : undefined;
    }

    private write(name: string, content: unknown): void {
        const file = join(this.directory, name);
        writeFileSync(`${file}.new`, JSON.stringify(content), { flush: true });
        renameSync(`${file}.new`, file);
    }
}
