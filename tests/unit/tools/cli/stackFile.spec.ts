import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fullKey, readStackConfig, StackFileError } from "../../../../tools/cli/stackFile";

describe("readStackConfig", () => {
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "stack-"))));
    afterEach(() => rmSync(directory, { recursive: true }));

    function write(text: string): void {
        writeFileSync(join(directory, "Pulumi.dev.yaml"), text);
    }

    it("hands values out as Pulumi does: texts as they are, everything else as JSON", () => {
        write(
            [
                "config:",
                "  kafka-eks:namespace: kafka",
                "  kafka-eks:deleteDataOnDestroy: true",
                "  kafka-eks:number: 5",
                '  kafka-eks:text: "007"',
                "  kafka-eks:kafka: {replicas: 3}",
                "  pulumi:disable-default-providers: [kubernetes]",
            ].join("\n"),
        );
        assert.deepEqual(readStackConfig(directory, "dev", {}), {
            "kafka-eks:namespace": "kafka",
            "kafka-eks:deleteDataOnDestroy": "true",
            "kafka-eks:number": "5",
            "kafka-eks:text": "007",
            "kafka-eks:kafka": '{"replicas":3}',
            "pulumi:disable-default-providers": '["kubernetes"]',
        });
    });

    it("lets what is given win over the file", () => {
        write("config:\n  kafka-eks:namespace: file\n  kafka-eks:platform: kubeconfig\n");
        assert.deepEqual(readStackConfig(directory, "dev", { "kafka-eks:namespace": "given" }), {
            "kafka-eks:namespace": "given",
            "kafka-eks:platform": "kubeconfig",
        });
    });

    it("has nothing but what is given for a stack without a file", () => {
        assert.deepEqual(readStackConfig(directory, "dev", { "kafka-eks:a": "b" }), {
            "kafka-eks:a": "b",
        });
    });

    it("accepts a file without configuration", () => {
        write("encryptionsalt: v1:abc\n");
        assert.deepEqual(readStackConfig(directory, "dev", {}), {});
    });

    for (const [where, value] of [
        ["a value", "{secure: AAAB}"],
        ["a part of a value", "{user: {password: {secure: AAAB}}}"],
    ]) {
        it(`refuses ${where} that is encrypted, and says how to give it`, () => {
            write(`config:\n  kafka-eks:kafka: ${value}\n`);
            assert.throws(
                () => readStackConfig(directory, "dev", {}),
                (error) =>
                    error instanceof StackFileError &&
                    /kafka-eks:kafka in Pulumi\.dev\.yaml is encrypted/.test(error.message) &&
                    /--config kafka-eks:kafka=VALUE/.test(error.next),
            );
        });
    }

    it("has something in place of users' encrypted passwords where that will do, and of nothing else", () => {
        const read = (users: string) => {
            write(`config:\n  kafka-eks:users: ${users}\n`);
            const config = readStackConfig(directory, "dev", {}, { standIns: true });
            return JSON.parse(config["kafka-eks:users"]!) as unknown;
        };
        const user = (secure: string) =>
            read(`[{name: a, authentication: {password: {secure: ${secure}}}}, {name: b}]`);
        const [first] = user("AAAB") as [{ authentication: { password: string } }];
        assert.match(first.authentication.password, /^[0-9a-f]{64}$/);
        assert.deepEqual(user("AAAB"), [first, { name: "b" }]);
        assert.notDeepEqual(user("AAAC"), user("AAAB"));
        assert.throws(() => read("[{name: {secure: AAAB}}]"), StackFileError);
        write("config:\n  kafka-eks:kafka: {password: {secure: AAAB}}\n");
        assert.throws(
            () => readStackConfig(directory, "dev", {}, { standIns: true }),
            StackFileError,
        );
    });

    it("does not look at an encrypted value that is given", () => {
        write("config:\n  kafka-eks:a: {secure: AAAB}\n");
        assert.deepEqual(readStackConfig(directory, "dev", { "kafka-eks:a": "b" }), {
            "kafka-eks:a": "b",
        });
    });

    it("refuses a file that is not YAML or has no list of keys", () => {
        write("config: [a");
        assert.throws(() => readStackConfig(directory, "dev", {}), /is not YAML/);
        write("config: [a]");
        assert.throws(() => readStackConfig(directory, "dev", {}), /is not a list of keys/);
    });

    it("refuses a name that leads elsewhere", () => {
        assert.throws(() => readStackConfig(directory, "../dev", {}), /not the name of a stack/);
    });
});

describe("fullKey", () => {
    it("adds the project to a key without one", () => {
        assert.equal(fullKey("namespace"), "kafka-eks:namespace");
        assert.equal(fullKey("aws:region"), "aws:region");
    });
});
