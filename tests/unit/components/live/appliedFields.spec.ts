import assert from "node:assert/strict";
import { appliedFields, isShortOf } from "../../../../components/live/appliedFields";

const VALUE = {
    image: "kafka:1",
    tty: false,
    gone: null,
    ports: [{ containerPort: 9091 }, { containerPort: 9092, protocol: "UDP" }],
    finalizers: ["a", "b"],
};

describe("fields that were applied", () => {
    const there: Readonly<Record<string, object>> = {
        "none was applied": {},
        "all are there, whatever more": { "f:image": {}, "f:tty": {} },
        "an entry has the default of a key": {
            "f:ports": {
                ".": {},
                'k:{"containerPort":9091,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} },
            },
        },
        "an entry has all keys": {
            "f:ports": { 'k:{"containerPort":9092,"protocol":"UDP"}': { "f:protocol": {} } },
        },
        "a list has the value": { "f:finalizers": { 'v:"b"': {} } },
        "a list has so many entries": { "f:finalizers": { "i:1": {} } },
    };
    for (const [what, fields] of Object.entries(there)) {
        it(`are all in a value where ${what}`, () => {
            assert.equal(isShortOf(VALUE, fields as never), false);
        });
    }

    const missing: Readonly<Record<string, object>> = {
        "a field is missing": { "f:image": {}, "f:command": {} },
        "a field is null": { "f:gone": {} },
        "a field of an entry is missing": {
            "f:ports": { 'k:{"containerPort":9091,"protocol":"TCP"}': { "f:protocol": {} } },
        },
        "an entry is another one": {
            "f:ports": { 'k:{"containerPort":9092,"protocol":"TCP"}': { ".": {} } },
        },
        "a list lacks the value": { "f:finalizers": { 'v:"c"': {} } },
        "a list is shorter": { "f:finalizers": { "i:2": {} } },
        "there is a text in the place of an object": { "f:image": { "f:name": {} } },
    };
    for (const [what, fields] of Object.entries(missing)) {
        it(`are not all in a value where ${what}`, () => {
            assert.equal(isShortOf(VALUE, fields as never), true);
        });
    }

    it("are those of the stack, and those that the provider takes over", () => {
        const managers = [
            "a Update",
            "a Apply",
            "b Apply",
            "kubectl Apply",
            "kubectl Update",
            "kubectl-rollout Update",
            "before-first-apply Update",
            "pulumi-kubernetes Update",
        ].map((each) => each.split(" "));
        const managedFields = managers.map(([manager, operation]) => ({
            manager,
            operation,
            fieldsV1: { [`f:${manager}-${operation}`]: {} },
        }));
        const namesOf = (manager?: string) =>
            appliedFields(manager, { metadata: { managedFields } }).flatMap(Object.keys);
        const takenOver = [
            "f:kubectl-Apply",
            "f:kubectl-Update",
            "f:before-first-apply-Update",
            "f:pulumi-kubernetes-Update",
        ];
        assert.deepEqual(namesOf("a"), ["f:a-Apply", ...takenOver]);
        assert.deepEqual(namesOf(), takenOver);
        assert.deepEqual(appliedFields("a", {}), []);
    });
});
