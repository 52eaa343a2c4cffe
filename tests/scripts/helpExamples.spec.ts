import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

const LAB = "starts the lab";
const KAFKA = "needs a Kafka";

/** Examples that need more than this machine, with the reason. Their command lines are only read. */
const NOT_RUN: Readonly<Record<string, string>> = {
    'npm run client -- --bootstrap 203.0.113.7:9094 --produce "Hello, StatefulSet Kafka!"': KAFKA,
    "npm run -s client -- --bootstrap 203.0.113.7:9094 --consume --from-beginning --max-messages 1":
        KAFKA,
    "npm run client -- --bootstrap kafka.example.com:9094 --ca ca.crt --sasl alice --password-file alice.txt --consume":
        KAFKA,
    "npm run client -- --stack prod --user alice --topic orders --consume": KAFKA,
    "npm run demo": LAB,
    "npm run demo -- --context kind-kind": "needs a cluster",
    "npm run demo -- --context kind-kind --type statefulset --image confluentinc/cp-kafka:7.5.0":
        "needs a cluster",
    "npm run demo -- --context my-cluster --namespace kafka-demo": "needs a cluster",
    "npm run demo -- --destroy --delete-data": "deletes what is on the lab",
    "npm run campaign -- bench": LAB,
    "npm run campaign -- bench --only roll,node": LAB,
    "npm run -s campaign -- bench --only throughput --json > throughput.json": LAB,
    "npm run campaign -- tables": "writes documents of the repository",
};

/** Readers of the command lines that are not run. */
const READERS: Readonly<Record<string, () => Promise<(args: string[]) => { action: string }>>> = {
    client: async () => (await import("../../tools/client/options.js")).parseClientOptions,
    demo: async () => (await import("../../lab/demo/options.js")).parseDemoOptions,
    campaign: async () => (await import("../../lab/campaign/options.js")).parseCampaignOptions,
};

const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
};

/** What runs a script of package.json without npm, which takes as long as all the rest. */
function commandOf(script: string): string {
    return scripts[script]!.replace("node checkNode.cjs && ", "");
}

/** The examples in the help of a command, each on one line. */
function examplesOf(script: string): string[] {
    const { stdout, status } = spawnSync("bash", ["-c", `${commandOf(script)} --help`], {
        cwd: REPOSITORY,
        encoding: "utf8",
    });
    assert.equal(status, 0, script);
    const [, text = ""] = stdout.split(/^Examples:\n/m);
    const [block] = text.replaceAll(/ \\\n\s*/g, " ").split("\n\n");
    return block!
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

/** Programs of others that examples name. */
const STAND_INS = {
    pulumi: "cat preview.json",
    kubectl: 'test -n "$(cat)"',
};

/** A directory like the repository, in which examples may write, with the programs that they name on PATH. */
function workplace(): string {
    const directory = mkdtempSync(join(tmpdir(), "examples-"));
    for (const name of ["load.cjs", "node_modules", "tools", "lab"]) {
        symlinkSync(join(REPOSITORY, name), join(directory, name));
    }
    const previews = "tests/unit/tools/impact/previews";
    copyFileSync(
        join(REPOSITORY, previews, "broker-property.json"),
        join(directory, "preview.json"),
    );
    mkdirSync(join(directory, "bin"));
    for (const [name, text] of Object.entries(STAND_INS)) {
        const file = join(directory, "bin", name);
        writeFileSync(file, `#!/usr/bin/env bash\n${text}\n`);
        chmodSync(file, 0o755);
    }
    return directory;
}

describe("the examples of --help", function () {
    this.timeout(120_000);

    const commands = Object.entries(scripts)
        .filter(([, command]) => /(tools|lab)\/\S*[cC]li\.ts$/.test(command))
        .map(([name]) => name);
    const examples = commands.flatMap(examplesOf);
    let directory: string;
    before(() => {
        directory = workplace();
    });
    after(() => rmSync(directory, { recursive: true }));

    it("are of all commands that have some, and what is not run is among them", () => {
        assert.deepEqual(commands, [
            "lint:manifests",
            "lab",
            "demo",
            "render",
            "preflight",
            "client",
            "health",
            "impact",
            "comment",
            "cost",
            "campaign",
        ]);
        assert.deepEqual(
            Object.keys(NOT_RUN).filter((example) => !examples.includes(example)),
            [],
        );
        assert.ok(examples.length - Object.keys(NOT_RUN).length >= 9, examples.join("\n"));
    });

    for (const example of examples) {
        const reason = NOT_RUN[example];
        if (reason !== undefined) {
            it(`can be read: ${example} (${reason})`, async () => {
                const { stdout } = spawnSync(
                    "bash",
                    ["-c", `npm() { printf '%s\\0' "$@" >&3; }; exec 3>&1; ${example} >/dev/null`],
                    // A redirection makes its file.
                    { cwd: directory, encoding: "utf8" },
                );
                const [, script, ...args] = stdout
                    .split("\0")
                    .slice(0, -1)
                    .filter((word) => word !== "-s" && word !== "--");
                const { action } = (await READERS[script!]!())(args);
                assert.notEqual(action, "help");
            });
            continue;
        }
        it(`runs: ${example}`, () => {
            const command = example.replace(
                /npm run (?:-s )?([a-z:-]+)(?: --(?= ))?/,
                (_, script: string) => commandOf(script),
            );
            const { status, stderr } = spawnSync("bash", ["-c", `set -euo pipefail; ${command}`], {
                cwd: directory,
                encoding: "utf8",
                env: { ...process.env, PATH: `${join(directory, "bin")}:${process.env.PATH}` },
            });
            assert.equal(status, 0, stderr);
        });
    }
});
