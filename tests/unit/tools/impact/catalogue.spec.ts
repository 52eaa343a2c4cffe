import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { matchesDocument } from "../../../support/documentedTables";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { CATALOGUE } from "../../../../tools/impact/catalogue";
import { SEVERITIES } from "../../../../tools/impact/severity";

const JUDGEMENTS = join(REPOSITORY, "tools/impact/judgements");

/** The classes that stand in a file, in rising order. */
function classesIn(file: string): string[] {
    const text = readFileSync(join(JUDGEMENTS, `${file}.ts`), "utf8");
    return SEVERITIES.filter((severity) => text.includes(`"${severity}"`));
}

/** The files that give a class to something; the others help them. */
const FILES = readdirSync(JUDGEMENTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((file) => classesIn(file).length > 0);

const TABLE = [
    "| what changes | class | name |",
    "| --- | --- | --- |",
    ...CATALOGUE.map(({ about, severity, name }) => `| ${about} | \`${severity}\` | \`${name}\` |`),
];

describe("the list of judgements", () => {
    it("has every file that judges, with each class that it gives", () => {
        const listed = CATALOGUE.map(({ file }) => file).filter((file) => !file.startsWith(".."));
        assert.deepEqual([...new Set(listed)].sort(), [...FILES].sort());
        for (const file of FILES) {
            const classes = CATALOGUE.filter((entry) => entry.file === file).map(
                ({ severity }) => severity,
            );
            assert.deepEqual(
                SEVERITIES.filter((severity) => classes.includes(severity)),
                classesIn(file),
                file,
            );
        }
    });

    it("has unique names and says what each is about", () => {
        const names = CATALOGUE.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)]);
        const subjects = CATALOGUE.map(({ about, severity }) => `${severity} ${about}`);
        assert.deepEqual(subjects, [...new Set(subjects)]);
    });

    it("is the table of docs/impact.md, which UPDATE_GOLDEN=1 writes", () =>
        matchesDocument(join(REPOSITORY, "docs/impact.md"), { judgements: TABLE }));
});
