import assert from "node:assert/strict";
import {
    type AnyService,
    isSameService,
} from "../../../../../components/statefulset/services/sameService";

const NAME = "external-dns.alpha.kubernetes.io/hostname";
const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";

const service = (annotations: Record<string, string>, spec: object = {}): AnyService => ({
    metadata: { annotations },
    spec: { ports: [{ name: "external", port: 9094, targetPort: 9094 }], ...spec },
});
const SENT = service(
    { "pulumi.com/waitFor": "x", [NAME]: "a.example.com", [SCHEME]: "internal" },
    { type: "LoadBalancer" },
);
const LIVE = service(
    { [NAME]: "a.example.com", [SCHEME]: "internal", "somebodys.own/note": "y" },
    { type: "LoadBalancer", clusterIP: "10.0.0.7" },
);

describe("a Service", () => {
    it("is the same with what others and the API server have added", () => {
        assert.equal(isSameService({ before: SENT, after: SENT }, LIVE), true);
        assert.equal(isSameService({ before: undefined, after: SENT }, LIVE), true);
        const plain = service({});
        const live = service({}, { type: "ClusterIP" });
        assert.equal(isSameService({ before: plain, after: plain }, live), true);
    });

    const moved = { [NAME]: "b.example.com", [SCHEME]: "internal" };
    const type = { type: "LoadBalancer" };
    const ports = [{ name: "external", port: 9095, targetPort: 9095 }];
    for (const [what, after] of [
        ["name", service(moved, type)],
        [
            "scheme",
            service({ ...moved, [NAME]: "a.example.com", [SCHEME]: "internet-facing" }, type),
        ],
        ["type", service(SENT.metadata!.annotations!)],
        ["port", service(SENT.metadata!.annotations!, { ...type, ports })],
        ["annotation less", service({ [NAME]: "a.example.com" }, type)],
        ["annotation more", service({ ...SENT.metadata!.annotations, other: "z" }, type)],
    ] as const) {
        it(`is another one with another: ${what}`, () => {
            assert.equal(isSameService({ before: SENT, after }, LIVE), false);
        });
    }
});
