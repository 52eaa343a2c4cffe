import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../../config";
import { type Engine, requireEngine } from "../../lab/pulumi/find";
import { makeProject } from "../../lab/pulumi/project";
import { clusterIdentifier, rememberFirstName } from "../../program/firstName";
import { recordNames } from "../support/stackUnderTest";

const KUBECONFIG = JSON.stringify({ apiVersion: "v1", kind: "Config" });

/** What of the program answers for its clusters, by the address that an EKS cluster has now. */
function program(endpoint?: string) {
    return () => {
        const name = rememberFirstName();
        const identifier = clusterIdentifier(
            name,
            endpoint === undefined ? undefined : pulumi.output(endpoint),
        );
        new k8s.Provider("cluster", { kubeconfig: KUBECONFIG, clusterIdentifier: identifier });
        return Promise.resolve({ identifier, name });
    };
}

/** A program before it remembered anything. */
function programBefore() {
    new k8s.Provider("cluster", {
        kubeconfig: KUBECONFIG,
        clusterIdentifier: pulumi.getStack(),
    });
    return Promise.resolve({});
}

/** No cluster is asked: the engine alone decides what is another one. */
describe("the name of a stack", () => {
    let engine: Engine;
    let directory: string;

    before(async () => {
        engine = await requireEngine();
    });

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "kafka-eks-rename-"));
    });

    afterEach(() => rmSync(directory, { recursive: true }));

    async function open(
        stackName: string,
        run: () => Promise<Record<string, unknown>>,
    ): Promise<Stack> {
        const { workDir, envVars } = makeProject(directory, engine);
        return LocalWorkspace.createOrSelectStack(
            { stackName, projectName: PROJECT, program: run },
            { workDir, envVars, pulumiCommand: engine.pulumi },
        );
    }

    async function identifierOf(stack: Stack): Promise<unknown> {
        return (await stack.outputs())["identifier"]?.value;
    }

    it("may change, and nothing does", async () => {
        const stack = await open("one", program("https://a"));
        await stack.up();
        await stack.rename({ stackName: "two" });
        const renamed = await open("two", program("https://a"));
        const { changeSummary } = await renamed.preview();
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
        await renamed.up();
        assert.equal(await identifierOf(renamed), "one");
    });

    it("is that of the stack's first up with this version, where it is older", async () => {
        await (await open("one", programBefore)).up();
        const stack = await open("one", program("https://a"));
        const changed: string[] = [];
        await stack.up({ onEvent: recordNames("replace", changed) });
        assert.deepEqual([changed, await identifierOf(stack)], [[], "one"]);
    });

    it("stays the identity of a cluster until that gets another address", async () => {
        await (await open("one", program("https://a"))).up();
        const stack = await open("one", program("https://b"));
        const replaced: string[] = [];
        await stack.up({ onEvent: recordNames("replace", replaced) });
        assert.deepEqual(replaced, ["cluster"]);
        assert.match(String(await identifierOf(stack)), /^one-[0-9a-f]{8}$/);
        const { changeSummary } = await stack.preview();
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
    });
});
