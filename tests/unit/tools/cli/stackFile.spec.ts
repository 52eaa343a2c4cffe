import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

    it("keeps all digits of a number", () => {
        write(
            [
                "config:",
                "  kafka-eks:number: 9223372036854775807",
                "  kafka-eks:topics: [{config: {retention.ms: 9223372036854775807, a: 1.5, b: 7}}]",
                "  kafka-eks:users: [{quotas: {producerByteRate: 9007199254740993}}]",
            ].join("\n"),
        );
        assert.deepEqual(readStackConfig(directory, "dev", {}, { standIns: true }), {
            "kafka-eks:number": "9223372036854775807",
            "kafka-eks:topics": '[{"config":{"retention.ms":9223372036854775807,"a":1.5,"b":7}}]',
            "kafka-eks:users": '[{"quotas":{"producerByteRate":9007199254740993}}]',
        });
    });

    it("hands out what YAML leaves open as Pulumi does", () => {
        write("config:\n  kafka-eks:namespace:\n  kafka-eks:kafka: {replicas: }\n");
        assert.deepEqual(readStackConfig(directory, "dev", {}), {
            "kafka-eks:namespace": "null",
            "kafka-eks:kafka": '{"replicas":null}',
        });
    });

    describe("takes a path that is given for a part of a value:", () => {
        const FILE = "config:\n  kafka-eks:kafka: {replicas: 3, storage: {size: 1Gi}}\n";
        const KAFKA = "kafka-eks:kafka";
        for (const [what, given, expected] of [
            [
                "of the file's",
                { "kafka-eks:kafka.replicas": "5" },
                { [KAFKA]: '{"replicas":5,"storage":{"size":"1Gi"}}' },
            ],
            [
                "deep in it, and of what is not there yet",
                { "kafka-eks:kafka.storage.size": "2Gi", "kafka-eks:topics[0].name": "a" },
                {
                    [KAFKA]: '{"replicas":3,"storage":{"size":"2Gi"}}',
                    "kafka-eks:topics": '[{"name":"a"}]',
                },
            ],
            [
                "of one that is given, too",
                { "kafka-eks:kafka.rackAwareness": "false", [KAFKA]: '{"replicas":1}' },
                { [KAFKA]: '{"replicas":1,"rackAwareness":false}' },
            ],
            [
                "with dots in quotes, and all digits",
                { 'kafka-eks:kafka.config["log.retention.ms"]': "9223372036854775807" },
                {
                    [KAFKA]:
                        '{"replicas":3,"storage":{"size":"1Gi"},"config":{"log.retention.ms":9223372036854775807}}',
                },
            ],
            [
                "an object",
                { "kafka-eks:kafka.storage": '{"size":"3Gi"}', "kafka-eks:kafka.version": "3.5" },
                { [KAFKA]: '{"replicas":3,"storage":{"size":"3Gi"},"version":"3.5"}' },
            ],
        ] as const) {
            it(what, () => {
                write(FILE);
                assert.deepEqual(readStackConfig(directory, "dev", given), expected);
            });
        }
    });

    it("refuses a stack without a file where others have one, and names them", () => {
        write("config: {}\n");
        writeFileSync(join(directory, "Pulumi.prod.yaml"), "");
        writeFileSync(join(directory, "Pulumi.yaml"), "");
        const refused = (stack: string) => {
            try {
                readStackConfig(directory, stack, { "kafka-eks:a": "b" });
            } catch (error) {
                assert.ok(error instanceof StackFileError);
                return [error.message, error.next];
            }
            return assert.fail("read");
        };
        assert.deepEqual(refused("nosuch"), [
            "Pulumi.nosuch.yaml: no such file; there are the stacks dev, prod",
            "name one of them",
        ]);
        assert.deepEqual(refused("prd")[1], "did you mean prod?");
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

    for (const [what, text, message, next] of [
        [
            "is not YAML",
            "config:\n  a: b: c",
            "Pulumi.dev.yaml: expected one document of YAML, got a second colon, whose text has to be in quotes (line 2, column 6)",
            "correct that line",
        ],
        [
            "is a list",
            "- a",
            "Pulumi.dev.yaml: expected the key config, got a list",
            "write the values under config",
        ],
        [
            "lacks the line config",
            "encryptionsalt: v1:abc\nkafka-eks:platform: kubeconfig",
            "Pulumi.dev.yaml: expected the key config with all values in it, got the key kafka-eks:platform beside it",
            "indent the values below the line config:",
        ],
        [
            "has the line config with a capital",
            "Config:\n  kafka-eks:platform: kubeconfig",
            "Pulumi.dev.yaml: expected the key config with all values in it, got the key Config beside it",
            "did you mean config?",
        ],
        [
            "has a list as its configuration",
            "config: [a]",
            "config in Pulumi.dev.yaml: expected keys with their values, got a list",
            "write each as KEY: VALUE, without hyphens",
        ],
        [
            "has a key with the project and without",
            "config:\n  kafka-eks:platform: eks\n  platform: kubeconfig",
            "config in Pulumi.dev.yaml: expected each key once, got platform and kafka-eks:platform, which are the same",
            "remove one of them",
        ],
    ] as const) {
        it(`refuses a file that ${what}`, () => {
            write(text);
            assert.throws(() => readStackConfig(directory, "dev", {}), { message, next });
        });
    }

    it("refuses a file that can't be read", () => {
        mkdirSync(join(directory, "Pulumi.dev.yaml"));
        assert.throws(() => readStackConfig(directory, "dev", {}), {
            message: "Pulumi.dev.yaml: expected a file that can be read, got EISDIR",
            next: "correct what stands there, or its permissions",
        });
    });

    const AS_JSON = 'write it as JSON, with names and texts in double quotes: {"name": "text"}';
    for (const [given, message, next] of [
        [
            { "kafka-eks:kafka.storage": "{size: }" },
            'kafka-eks:kafka.storage: expected an object or a list as JSON, got "{size: }"',
            AS_JSON,
        ],
        [
            { "kafka-eks:kafka": "{", "kafka-eks:kafka.replicas": "5" },
            'kafka-eks:kafka: expected an object or a list as JSON, got "{"',
            AS_JSON,
        ],
        [
            { "kafka-eks:topics[1000000000].name": "a" },
            "kafka-eks:topics[1000000000]: expected a position from 0 to 0, got 1000000000",
            "count from 0, and leave none out",
        ],
        [
            { "kafka-eks:topics[0].name": "a", "kafka-eks:topics[2].name": "b" },
            "kafka-eks:topics[2]: expected a position from 0 to 1, got 2",
            "count from 0, and leave none out",
        ],
    ] as const) {
        it(`refuses ${Object.keys(given).at(-1)} of ${Object.values(given)[0]}`, () => {
            assert.throws(() => readStackConfig(directory, "dev", given), { message, next });
        });
    }

    it("takes digits after a zero for a text, and what every object inherits for no field of it", () => {
        const given = {
            "kafka-eks:a.b": "007",
            "kafka-eks:a.constructor.c": "1",
            "kafka-eks:a.__proto__.c": "1",
        };
        assert.deepEqual(readStackConfig(directory, "dev", given), {
            "kafka-eks:a": '{"b":"007","constructor":{"c":1},"__proto__":{"c":1}}',
        });
    });

    it("merges as Pulumi does", () => {
        write(
            "config:\n  kafka-eks:kafka:\n    storage:\n      <<: {size: 5Gi}\n      storageClass: fast",
        );
        assert.deepEqual(readStackConfig(directory, "dev", {}), {
            "kafka-eks:kafka": '{"storage":{"size":"5Gi","storageClass":"fast"}}',
        });
    });

    for (const number of [".nan", "-.inf"]) {
        it(`refuses ${number}, which JSON has not`, () => {
            write(`config:\n  kafka-eks:topics: [{name: a}, {config: {retention.ms: ${number}}}]`);
            assert.throws(() => readStackConfig(directory, "dev", {}), {
                message:
                    "kafka-eks:topics[1].config.retention.ms in Pulumi.dev.yaml: expected a number, got .nan or .inf",
                next: "give it a value, or remove the key",
            });
        });
    }

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
