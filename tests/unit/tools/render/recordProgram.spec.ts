import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recordProgram } from "../../../../tools/render/recordProgram";
import { MASK, maskSecretObject, resolveSecrets } from "../../../../tools/render/secrets";
import { takeRejections } from "../../../support/rejections";

const ARGS = { project: "kafka-eks", stack: "test", config: {} };

function configMap(name: string, value: pulumi.Input<string>, opts?: pulumi.ResourceOptions) {
    return new k8s.core.v1.ConfigMap(name, { metadata: { name }, data: { value } }, opts);
}

describe("recordProgram", () => {
    it("records resources in the order of what they need", async () => {
        const resources = await recordProgram(ARGS, () => {
            const late = pulumi.output(new Promise<string>((done) => setTimeout(done, 20, "x")));
            const first = configMap("first", late);
            configMap("second", "y", { dependsOn: first });
        });
        assert.deepEqual(
            resources.map(({ name, type, isComponent }) => [name, type, isComponent]),
            [
                ["first", "kubernetes:core/v1:ConfigMap", false],
                ["second", "kubernetes:core/v1:ConfigMap", false],
            ],
        );
    });

    it("gives the program its stack and its configuration", async () => {
        const [only] = await recordProgram({ ...ARGS, config: { "kafka-eks:a": "b" } }, () =>
            configMap(pulumi.getStack(), new pulumi.Config("kafka-eks").require("a")),
        );
        assert.equal(only?.name, "test");
        assert.deepEqual(only?.inputs["data"], { value: "b" });
    });

    it("remembers what a program remembers, and lets it register hooks", async () => {
        const [, named] = await recordProgram(ARGS, () => {
            const { output } = new pulumi.Stash("memory", { input: { name: "a" } });
            const name = (output as pulumi.Output<{ name: string }>).name;
            configMap("named", name, { hooks: { beforeCreate: [() => undefined] } });
        });
        assert.deepEqual(named?.inputs["data"], { value: "a" });
    });

    it("prints warnings as the engine would", async () => {
        const { stderr } = process;
        const write = stderr.write.bind(stderr);
        const printed: string[] = [];
        stderr.write = (text: string | Uint8Array) => printed.push(String(text)) > 0;
        try {
            await recordProgram(ARGS, () => void pulumi.log.warn("too small"));
        } finally {
            stderr.write = write;
        }
        assert.deepEqual(printed, ["warning: too small\n"]);
    });

    it("tells components from objects", async () => {
        const resources = await recordProgram(
            ARGS,
            () => new pulumi.ComponentResource("kafka-eks:index:Thing", "thing"),
        );
        assert.deepEqual(
            resources.map(({ name, isComponent }) => [name, isComponent]),
            [["thing", true]],
        );
    });

    it("rejects with what the program throws, and runs the next one", async () => {
        await assert.rejects(
            recordProgram(ARGS, () => {
                throw new Error("broken");
            }),
            /broken/,
        );
        assert.equal((await recordProgram(ARGS, () => configMap("next", "x"))).length, 1);
    });

    it("rejects when an output fails, instead of leaving its resource out", async () => {
        const failing = recordProgram(ARGS, () => {
            configMap("good", "x");
            configMap(
                "bad",
                pulumi.output("x").apply(() => {
                    throw new Error("no value");
                }),
            );
        });
        await assert.rejects(failing, /no value/);
        await takeRejections();
    });

    it("refuses lookups, which only a cloud can answer", async () => {
        const asking = recordProgram(ARGS, () =>
            configMap("a", pulumi.runtime.invoke("aws:index:getZones", {}).then(String)),
        );
        await assert.rejects(asking, /aws:index:getZones/);
        await takeRejections();
    });
});

describe("secrets", () => {
    async function inputs(): Promise<unknown> {
        const [only] = await recordProgram(ARGS, () => configMap("a", pulumi.secret("hunter2")));
        return only?.inputs["data"];
    }

    it("are masked wherever Pulumi marks them", async () => {
        // The secret of a part is a secret of the whole, as in Pulumi's state.
        assert.equal(resolveSecrets(await inputs(), false), MASK);
        assert.deepEqual(resolveSecrets([{ a: await inputs(), b: 1 }], false), [{ a: MASK, b: 1 }]);
    });

    it("are in clear when asked for", async () => {
        assert.deepEqual(resolveSecrets(await inputs(), true), { value: "hunter2" });
    });

    it("are masked in every Secret, its keys stay", () => {
        const secret = {
            apiVersion: "v1",
            kind: "Secret",
            data: { a: "QQ==" },
            stringData: { b: "B" },
        };
        assert.deepEqual(maskSecretObject(secret), {
            apiVersion: "v1",
            kind: "Secret",
            data: { a: MASK },
            stringData: { b: MASK },
        });
    });

    it("are not looked for in other kinds", () => {
        const object = { apiVersion: "v1", kind: "ConfigMap", data: { a: "A" } };
        assert.deepEqual(maskSecretObject(object), object);
    });
});
