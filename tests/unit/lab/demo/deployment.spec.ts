import assert from "node:assert/strict";
import { applicable, demoConfig } from "../../../../lab/demo/deployment";
import { DemoError } from "../../../../lab/demo/errors";
import { renderStack } from "../../../../tools/render/renderStack";

/** What kubectl applies of a demo with a configuration of the user's. */
async function applied(config: Record<string, string>) {
    const values = demoConfig({ isLab: true }, "kubectl", "statefulset", {
        namespace: "kafka",
        config,
    });
    return applicable(await renderStack({ stack: "demo", config: values, showSecrets: true }));
}

describe("what kubectl applies for the demo", () => {
    it("has gates, and Secrets with their values", async () => {
        const objects = await applied({});
        const kinds = objects.map(({ kind, metadata }) => `${kind}/${metadata?.name}`);
        assert.ok(kinds.includes("Job/kafka-check"));
        assert.ok(kinds.includes("Secret/zookeeper-auth"));
    });

    it("is refused where Helm is needed", () =>
        assert.rejects(
            applied({ "kafka-eks:certificates": '{"installCertManager":true}' }),
            (error) =>
                error instanceof DemoError &&
                /^Helm release cert-manager: expected none, since kubectl deploys, got one$/.test(
                    error.message,
                ) &&
                /^install cert-manager by itself/.test(error.next),
        ));

    it("is refused where addresses are not known", () =>
        assert.rejects(
            applied({
                "kafka-eks:listeners": JSON.stringify([
                    { name: "internal", port: 9092, type: "internal" },
                    { name: "external", port: 9094, type: "loadBalancer" },
                ]),
            }),
            (error) =>
                error instanceof DemoError &&
                /^\w+ kafka-\S+: expected addresses that are known, got those of load balancers/.test(
                    error.message,
                ) &&
                /nodePort/.test(error.next),
        ));
});
