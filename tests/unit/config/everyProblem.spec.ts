import assert from "node:assert/strict";
import { INTERNAL, type Keys, listeners, problemsOf, STRIMZI, users } from "./cases";

describe("every problem", () => {
    it("of a user's ACLs is found, whatever else is wrong with them", () => {
        const acl = (resource: Keys, operation: string) => ({ resource, operations: [operation] });
        const bad = users(
            {
                name: "a",
                authentication: { type: "tls" },
                acls: [
                    acl({ type: "topic" }, "Read"),
                    acl({ type: "queue", name: "q" }, "Read"),
                    acl({ type: "group", name: "g" }, "Create"),
                ],
            },
            { name: "a", authentication: { type: "tls" } },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "users[0].acls[1].resource.type",
                "users[0].authentication.type",
                "users[0].acls[0].resource.name",
                "users[0].acls[2].operations[0]",
                "users[1].name",
                "users[1].authentication.type",
            ],
        );
    });

    it("of a user is found, whatever else is wrong with it", () => {
        const bad = users({
            name: "Not A Name",
            authentication: { type: "tls", password: "short" },
            acls: [{ resource: { type: "group", name: "g" }, operations: ["Create"] }],
            quotas: { producerByteRate: -1 },
        });
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "users[0].name",
                "users[0].authentication.password",
                "users[0].quotas.producerByteRate",
                "users[0].authentication.type",
                "users[0].acls[0].operations[0]",
            ],
        );
    });

    it("of a listener is found, whatever else is wrong with it", () => {
        const external = { type: "loadBalancer", tls: false, colour: "red" };
        const bad = listeners(
            { ...INTERNAL, networkPolicyPeers: [] },
            { ...external, name: "internal", port: 9092, sourceRanges: ["::/0", "0.0.0.0/0"] },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "listeners[0].networkPolicyPeers",
                "listeners[1].sourceRanges[0]",
                "listeners[1].colour",
                "listeners[1].tls",
                "listeners[1].name",
                "listeners[1].port",
            ],
        );
    });

    it("of a list of blocks is found", () => {
        const eks = {
            publicAccessCidrs: ["0.0.0.0/0", "::/0"],
            privateAccessCidrs: ["::/0", "8.8.8.0/24"],
        };
        assert.deepEqual(
            problemsOf({ platform: "eks", "aws:region": "eu-west-1", eks }).map(({ key }) => key),
            [
                "eks.publicAccessCidrs[1]",
                "eks.privateAccessCidrs[0]",
                "eks.publicAccessCidrs",
                "eks.privateAccessCidrs[1]",
            ],
        );
    });
});
