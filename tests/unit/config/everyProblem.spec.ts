import assert from "node:assert/strict";
import { type Keys, problemsOf, STRIMZI, users } from "./cases";

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
