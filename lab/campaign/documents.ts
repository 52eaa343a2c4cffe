import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Campaign } from "./campaign";
import { DocumentError } from "./errors";
import { readRuns } from "./rawFile";
import { digestsOf } from "./subject";
import { tableText } from "./tableText";

/** Where documents with tables may be. */
const FOLDERS = ["docs"];
const BEGIN = /^<!-- campaign ([^:\s]+): (\S+) -->$/;
const END = "<!-- end -->";

/** A document whose tables are not what their raw files say. */
export interface Outdated {
    /** Path in the repository. */
    readonly document: string;
    /** What it should be. */
    readonly text: string;
}

/** Documents whose tables are not what the raw files say, or don't tell that they are stale. */
export function outdatedDocuments(root: string, campaigns: readonly Campaign[]): Outdated[] {
    const render = renderer(root, campaigns);
    return documents(root).flatMap((document) => {
        const before = readFileSync(join(root, document), "utf8");
        const text = withTables(document, before, render);
        return text === before ? [] : [{ document, text }];
    });
}

/** Writes the tables anew and returns the documents that changed. */
export function rewriteTables(root: string, campaigns: readonly Campaign[]): string[] {
    return outdatedDocuments(root, campaigns).map(({ document, text }) => {
        writeFileSync(join(root, document), text);
        return document;
    });
}

/**
 * A text with each part between `<!-- campaign NAME: TABLE -->` and `<!-- end -->` rendered anew.
 *
 * @throws {@link DocumentError} when a part has no end.
 */
export function withTables(
    document: string,
    text: string,
    render: (campaign: string, table: string) => string,
): string {
    const lines = text.split("\n");
    const result: string[] = [];
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at]!;
        result.push(line);
        const [, campaign, table] = BEGIN.exec(line) ?? [];
        if (campaign !== undefined && table !== undefined) {
            at = lines.indexOf(END, at);
            if (at === -1) {
                throw new DocumentError(
                    `${document}: expected ${END} after ${line}, got none`,
                    "add it where the table ends",
                );
            }
            result.push("", render(campaign, table), "", END);
        }
    }
    return result.join("\n");
}

function renderer(root: string, campaigns: readonly Campaign[]) {
    const sources = new Map(
        campaigns.map((campaign) => {
            const { name, subject } = campaign;
            const source = { runs: readRuns(root, name), subject: digestsOf(root, subject) };
            return [name, { campaign, source }];
        }),
    );
    return (name: string, table: string): string => {
        const known = sources.get(name);
        if (known === undefined) {
            throw new DocumentError(
                `a campaign: expected one of ${[...sources.keys()].join(", ")}, got ${name}`,
                "correct the marker",
            );
        }
        return tableText(known.campaign, table, known.source);
    };
}

function documents(root: string): string[] {
    return FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
        readdirSync(join(root, folder))
            .filter((name) => name.endsWith(".md"))
            .sort()
            .map((name) => join(folder, name)),
    );
}
