import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { V1Secret } from "@kubernetes/client-node";
import { interruptible, takeBack } from "../../../../components/live/helmRelease";
import { register } from "../../../support/mocks";
import { AnsweringCluster } from "../../../support/answeringCluster";

const RELEASE = { name: "cert-manager", namespace: "certificates", description: "kafka-eks/prod" };

/** A revision as Helm keeps it. */
function revision(number: number, status: string, description = "Install complete"): V1Secret {
    const packed = gzipSync(JSON.stringify({ info: { status, description } })).toString("base64");
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
            name: `sh.helm.release.v1.${RELEASE.name}.v${number}`,
            namespace: RELEASE.namespace,
            labels: { owner: "helm", name: RELEASE.name, status, version: String(number) },
        },
        data: { release: Buffer.from(packed).toString("base64") },
    };
}

/** What is left of revisions when the release is about to be made, or changed. */
async function leftOf(revisions: V1Secret[], isKnown = false): Promise<string[]> {
    const live = new AnsweringCluster([...revisions]);
    await takeBack(live, { before: isKnown ? RELEASE : undefined, after: RELEASE }, "use that one");
    return live.names.map((name) => name.split(".").at(-1)!);
}

const REFUSED = {
    message:
        "Helm release cert-manager in certificates: expected none before the stack makes it, got one. " +
        "Next: if somebody else made it, use that one. If this stack made it, run kubectl delete secret " +
        "--namespace certificates --selector owner=helm,name=cert-manager, and up again: Helm takes its objects over",
};

describe("a Helm release that an interrupted up left", () => {
    for (const status of ["pending-install", "failed", "uninstalling"]) {
        it(`is forgotten where it is ${status}, so that Helm makes it again`, async () => {
            const live = new AnsweringCluster([revision(1, status)]);
            assert.deepEqual(await takeBack(live, { before: undefined, after: RELEASE }, ""), [
                `Helm release cert-manager in certificates: an interrupted run left it ${status}, up takes it back`,
            ]);
            assert.deepEqual(live.objects, []);
        });
    }

    it("is forgotten where it is installed and this stack's", async () => {
        assert.deepEqual(
            await leftOf([
                revision(1, "superseded", RELEASE.description),
                revision(2, "pending-upgrade"),
            ]),
            [],
        );
    });

    for (const status of ["deployed", "superseded", "uninstalled"]) {
        it(`is refused where somebody else's is ${status}`, async () => {
            for (const description of ["Install complete", "kafka-eks/dev"]) {
                await assert.rejects(leftOf([revision(1, status, description)]), REFUSED);
            }
        });
    }

    it("loses the upgrades that were not finished, and goes on from what is installed", async () => {
        assert.deepEqual(
            await leftOf(
                [
                    revision(1, "superseded"),
                    revision(2, "deployed"),
                    revision(3, "pending-rollback"),
                    revision(4, "pending-upgrade"),
                ],
                true,
            ),
            ["v1", "v2"],
        );
    });

    it("stays where the stack knows it and it is not in the way", async () => {
        const revisions = [revision(1, "deployed"), revision(2, "failed")];
        assert.deepEqual(await leftOf(revisions, true), ["v1", "v2"]);
    });

    it("is none of another name", async () => {
        const other = revision(1, "pending-install");
        other.metadata!.labels!["name"] = "other";
        assert.deepEqual(await leftOf([other]), ["v1"]);
    });

    it("changes nothing of one that has no description yet", async () => {
        const { result } = await register(() =>
            interruptible("release", new AnsweringCluster(), "use that one"),
        );
        assert.deepEqual(result.ignoreChanges, ["description"]);
    });
});
