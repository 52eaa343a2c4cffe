import assert from "node:assert/strict";
import { parseClientOptions } from "../../../../tools/client/options";
import type { ConnectionSource } from "../../../../tools/client/connection";
import { UsageError } from "../../../../tools/cli/errors";
import { parseHealthOptions } from "../../../../tools/health/options";

const VARIABLES = ["KAFKA_BOOTSTRAP", "KAFKA_CA", "KAFKA_CERT", "KAFKA_KEY", "KAFKA_USER"];
const BOOTSTRAP = ["--bootstrap", "a:1"];

/** Asserts that a command line is refused with this message. */
function assertRefused(run: () => unknown, message: RegExp): void {
    assert.throws(run, (error) => error instanceof UsageError && message.test(error.message));
}

describe("parseClientOptions", () => {
    const saved = { ...process.env };
    beforeEach(() => VARIABLES.forEach((name) => delete process.env[name]));
    afterEach(() => Object.assign(process.env, saved));

    /** What a command line says of the way to Kafka. */
    function sourceOf(...args: string[]): ConnectionSource {
        const request = parseClientOptions(["--consume", ...args]);
        assert.ok(request.action !== "help");
        return request.source;
    }

    it("fills in the defaults of --produce", () => {
        assert.deepEqual(parseClientOptions(["--produce", "hi", ...BOOTSTRAP]), {
            action: "produce",
            compression: "none",
            source: { bootstrap: ["a:1"], identity: {} },
            json: false,
            timeoutMs: 30_000,
            topic: "hello",
            value: "hi",
        });
    });

    it("reads every option of --consume", () => {
        const args = ["--consume", "--topic", "t", "--from-beginning", "--max-messages", "2"];
        assert.deepEqual(
            parseClientOptions([...args, "--timeout", "1.5", "--json", "--bootstrap", "a:1, b:2"]),
            {
                action: "consume",
                source: { bootstrap: ["a:1", "b:2"], identity: {} },
                fromBeginning: true,
                follow: false,
                json: true,
                maxMessages: 2,
                timeoutMs: 1500,
                topic: "t",
            },
        );
    });

    it("takes the bootstrap from KAFKA_BOOTSTRAP, which --bootstrap overrules", () => {
        process.env.KAFKA_BOOTSTRAP = "env:1";
        assert.deepEqual(sourceOf(), { bootstrap: ["env:1"], identity: {} });
        assert.deepEqual(sourceOf(...BOOTSTRAP), { bootstrap: ["a:1"], identity: {} });
    });

    it("reads where the identity is", () => {
        const files = ["--ca", "ca", "--cert", "c", "--key", "k", "--password-file", "p"];
        assert.deepEqual(sourceOf(...BOOTSTRAP, "--tls", "--sasl", "alice", ...files), {
            bootstrap: ["a:1"],
            identity: {
                tls: true,
                ca: "ca",
                cert: "c",
                key: "k",
                sasl: "alice",
                passwordFile: "p",
            },
        });
    });

    it("takes the identity from the environment, but not the one of --stack", () => {
        Object.assign(process.env, {
            KAFKA_BOOTSTRAP: "env:1",
            KAFKA_CA: "ca",
            KAFKA_CERT: "c",
            KAFKA_KEY: "k",
            KAFKA_USER: "alice",
        });
        assert.deepEqual(sourceOf(), {
            bootstrap: ["env:1"],
            identity: { ca: "ca", cert: "c", key: "k", sasl: "alice" },
        });
        assert.deepEqual(sourceOf("--stack", "prod", "--listener", "l", "--user", "u"), {
            stack: "prod",
            listener: "l",
            user: "u",
        });
    });

    it("tells the key of a message from that of a certificate", () => {
        const args = ["--produce", "x", "--message-key", "orders", "--cert", "c", "--key", "k"];
        const request = parseClientOptions([...args, ...BOOTSTRAP]);
        assert.ok(request.action === "produce");
        assert.equal(request.key, "orders");
        assert.deepEqual(request.source, {
            bootstrap: ["a:1"],
            identity: { cert: "c", key: "k" },
        });
    });

    it("takes each of Kafka's codecs, and no other", () => {
        for (const compression of ["none", "gzip", "snappy", "lz4", "zstd"]) {
            const args = ["--produce", "x", "--compression", compression, ...BOOTSTRAP];
            const request = parseClientOptions(args);
            assert.equal("compression" in request && request.compression, compression);
        }
        assertRefused(
            () => parseClientOptions(["--produce", "x", "--compression", "zip", ...BOOTSTRAP]),
            /Allowed choices are none, gzip, snappy, lz4, zstd/,
        );
    });

    it("goes on at the end with --follow", () => {
        const args = ["--consume", "--from-beginning", "--follow", ...BOOTSTRAP];
        const request = parseClientOptions(args);
        assert.equal("follow" in request && request.follow, true);
    });

    it("has no limit with --timeout 0", () => {
        const request = parseClientOptions(["--consume", "--timeout", "0", ...BOOTSTRAP]);
        assert.equal("timeoutMs" in request && request.timeoutMs, Infinity);
    });

    it("sends an empty message when asked to", () => {
        const request = parseClientOptions(["--produce", "", ...BOOTSTRAP]);
        assert.equal("value" in request && request.value, "");
    });

    it("documents every exit code in --help", () => {
        const request = parseClientOptions(["--help"]);
        assert.ok(request.action === "help");
        assert.match(request.text, /^ {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}130 /m);
    });

    for (const [name, args, message] of [
        ["nothing to do", BOOTSTRAP, /nothing to do: expected --produce MESSAGE or --consume/],
        [
            "no bootstrap",
            ["--consume"],
            /no bootstrap address: expected --bootstrap HOST:PORT, KAFKA/,
        ],
        [
            "a stack and what it stands for",
            ["--consume", "--stack", "s", ...BOOTSTRAP, "--ca", "ca"],
            /^--bootstrap, --ca can't be used with --stack, which stands for it$/,
        ],
        [
            "a user of no stack",
            ["--consume", "--user", "u"],
            /^--user without --stack: whose is it\?$/,
        ],
        ["a listener of no stack", ["--consume", "--listener", "l"], /^--listener without --stack/],
        ["a password", ["--consume", "--password", "x"], /unknown option '--password'/],
        ["a bootstrap without a port", ["--consume", "--bootstrap", "a"], /"a" is wrong: expected/],
        ["a port that is none", ["--consume", "--bootstrap", "a:99999"], /"a:99999" is wrong/],
        ["an IPv6 address", ["--consume", "--bootstrap", "::1"], /IPv6 addresses are not/],
        ["both actions", ["--produce", "x", "--consume"], /cannot be used with/],
        ["a message's key to read", ["--consume", "--message-key", "k"], /cannot be used with/],
        ["a codec to read", ["--consume", "--compression", "lz4"], /cannot be used with/],
        ["an end to send", ["--produce", "x", "--follow"], /cannot be used with/],
        ["a limit to send", ["--produce", "x", "--max-messages", "1"], /cannot be used with/],
        ["zero messages", ["--consume", "--max-messages", "0"], /whole number of 1 or more/],
        ["a time that is none", ["--consume", "--timeout", "-1"], /number of seconds/],
        ["an unknown option", ["--consume", "--nope"], /unknown option '--nope'/],
        ["an argument too many", ["--consume", "x"], /too many arguments/],
    ] as const) {
        it(`refuses ${name}`, () => {
            assertRefused(() => parseClientOptions(args), message);
        });
    }
});

describe("parseHealthOptions", () => {
    it("fills in the defaults", () => {
        assert.deepEqual(parseHealthOptions([]), {
            action: "check",
            identity: {},
            json: false,
            namespace: "kafka",
        });
    });

    it("reads every option", () => {
        const args = ["--json", "--kubeconfig", "k", "--context", "c", "--namespace", "n"];
        assert.deepEqual(parseHealthOptions(args), {
            action: "check",
            context: "c",
            identity: {},
            json: true,
            kubeconfig: "k",
            namespace: "n",
        });
    });

    it("takes a stack in place of a kubeconfig, and an identity beside it", () => {
        assert.deepEqual(parseHealthOptions(["--stack", "prod", "--sasl", "alice", "--tls"]), {
            action: "check",
            identity: { sasl: "alice", tls: true },
            json: false,
            namespace: "kafka",
            stack: "prod",
        });
        assertRefused(
            () => parseHealthOptions(["--stack", "prod", "--namespace", "n", "--context", "c"]),
            /^--context, --namespace can't be used with --stack/,
        );
    });

    it("says in --help what it checks and which topic it makes", () => {
        const request = parseHealthOptions(["--help"]);
        assert.ok(request.action === "help");
        assert.match(request.text, /the Strimzi\s+operator/);
        assert.match(request.text, /kafka-eks-health/);
    });

    it("refuses an unknown option", () => {
        assertRefused(() => parseHealthOptions(["--nope"]), /unknown option '--nope'/);
    });
});
