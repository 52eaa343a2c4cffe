import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { mock } from "node:test";
import { ProgramError } from "../../../components/kafka/programError";
import { REPOSITORY } from "../../../tools/cli/repository";
import { Registrations, runProgram } from "../../support/mocks";

/** What finds the file of a module; left out of Node's types. */
interface Resolver {
    _resolveFilename: (this: void, request: string, ...rest: unknown[]) => string;
}

const resolver = createRequire(__filename)("node:module") as Resolver;

/** What is installed for EKS clusters. */
const PACKAGES = Object.keys(
    (
        JSON.parse(readFileSync(join(REPOSITORY, "components", "eks", "package.json"), "utf8")) as {
            dependencies: Record<string, string>;
        }
    ).dependencies,
);

const EKS = { "aws:region": "us-east-1", eks: { publicAccessCidrs: [] } };

/** Until the test is over, these packages for EKS are not installed, and the others are. */
function uninstall(missing: readonly string[]): void {
    const { _resolveFilename: resolve } = resolver;
    mock.method(resolver, "_resolveFilename", (request: string, ...rest: unknown[]) => {
        if (missing.includes(request)) {
            throw new Error(`Cannot find module '${request}'`);
        }
        return PACKAGES.includes(request) ? request : resolve(request, ...rest);
    });
}

function keysOf({ all }: Registrations): string[] {
    return all.map(({ key }) => key);
}

describe("program without the packages for EKS", () => {
    afterEach(() => mock.restoreAll());

    for (const kafkaDeploymentType of ["statefulset", "strimzi"]) {
        it(`deploys ${kafkaDeploymentType} to a cluster that is there`, async () => {
            const config = { platform: "kubeconfig", kafkaDeploymentType };
            const expected = await runProgram(config);
            uninstall(PACKAGES);
            const { resources, error } = await runProgram(config);
            assert.equal(error, undefined);
            assert.deepEqual(keysOf(resources), keysOf(expected.resources));
        });
    }

    for (const missing of [PACKAGES, ...PACKAGES.map((name) => [name])]) {
        it(`makes nothing of a stack on EKS where ${missing.join(" and ")} is missing`, async () => {
            uninstall(missing);
            const { resources, error } = await runProgram(EKS);
            assert.deepEqual(keysOf(resources), []);
            assert.ok(error instanceof ProgramError, String(error));
            const got = PACKAGES.filter((name) => !missing.includes(name)).join() || "none";
            assert.equal(
                error.message,
                `platform: expected ${PACKAGES.join(" and ")} installed, got ${got}. Next: npm ci`,
            );
        });
    }

    it("says first what is wrong with the configuration", async () => {
        uninstall(PACKAGES);
        const { error } = await runProgram({ ...EKS, namespace: "Kafka" });
        assert.match(String(error), /namespace/);
        assert.doesNotMatch(String(error), /npm ci/);
    });
});
