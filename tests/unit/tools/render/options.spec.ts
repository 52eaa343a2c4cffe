import assert from "node:assert/strict";
import { UsageError } from "../../../../tools/cli/errors";
import { parseRenderOptions } from "../../../../tools/render/options";

const NEEDED = ["--stack", "dev", "--out", "out"];

describe("parseRenderOptions", () => {
    it("needs a stack and a directory", () => {
        assert.deepEqual(parseRenderOptions(NEEDED), {
            action: "render",
            stack: "dev",
            out: "out",
            config: {},
            showSecrets: false,
            helm: "commands",
        });
    });

    it("collects configuration by full key; a value may contain =", () => {
        const given = [
            "--config",
            "namespace=a=b",
            "--config",
            "aws:region=x",
            "--config",
            "kubeContext=",
        ];
        const request = parseRenderOptions([...NEEDED, ...given, "--show-secrets"]);
        assert.deepEqual(request, {
            action: "render",
            stack: "dev",
            out: "out",
            config: {
                "kafka-eks:namespace": "a=b",
                "aws:region": "x",
                "kafka-eks:kubeContext": "",
            },
            showSecrets: true,
            helm: "commands",
        });
    });

    for (const [what, args] of [
        ["a missing stack", ["--out", "out"]],
        ["a missing directory", ["--stack", "dev"]],
        ["an empty directory", ["--stack", "dev", "--out", ""]],
        ["another form of Helm releases", [...NEEDED, "--helm", "tiller"]],
        ["a configuration without a value", [...NEEDED, "--config", "namespace"]],
        ["a configuration without a key", [...NEEDED, "--config", "=x"]],
        ["an unknown option", [...NEEDED, "--typo"]],
        ["an argument", [...NEEDED, "dev"]],
    ] as const) {
        it(`refuses ${what}`, () => assert.throws(() => parseRenderOptions(args), UsageError));
    }

    it("has help", () => {
        const request = parseRenderOptions(["--help"]);
        assert.equal(request.action, "help");
        assert.match(
            request.action === "help" ? request.text : "",
            /--show-secrets[\s\S]*Exit codes/,
        );
    });
});
