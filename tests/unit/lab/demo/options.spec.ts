import assert from "node:assert/strict";
import { UsageError } from "../../../../tools/cli/errors";
import { parseDemoOptions } from "../../../../lab/demo/options";

describe("parseDemoOptions", () => {
    it("runs on the lab in namespace kafka unless told otherwise", () => {
        assert.deepEqual(parseDemoOptions([]), {
            action: "run",
            namespace: "kafka",
            config: {},
            deleteData: false,
        });
    });

    it("reads what is given", () => {
        const args = "--context c --kubeconfig k --namespace n --engine kubectl --config a=b";
        assert.deepEqual(parseDemoOptions(args.split(" ")), {
            action: "run",
            context: "c",
            kubeconfig: "k",
            namespace: "n",
            engine: "kubectl",
            config: { "kafka-eks:a": "b" },
            deleteData: false,
        });
    });

    it("destroys, with the data only when told so", () => {
        const destroy = parseDemoOptions(["--destroy"]);
        assert.equal(destroy.action, "destroy");
        assert.equal(destroy.action === "destroy" && destroy.deleteData, false);
        const all = parseDemoOptions(["--destroy", "--delete-data"]);
        assert.equal(all.action === "destroy" && all.deleteData, true);
    });

    for (const [what, args, message] of [
        ["an unknown engine", ["--engine", "helm"], /pulumi, kubectl/],
        ["deleting the data of a Kafka that stays", ["--delete-data"], /without --destroy/],
        ["another namespace by --config", ["--config", "namespace=n"], /kafka-eks:namespace/],
        ["another cluster by --config", ["--config", "kubeContext=c"], /kafka-eks:kubeContext/],
        [
            "another deployment type",
            ["--config", "kafkaDeploymentType=strimzi"],
            /kafka-eks:kafkaDeploymentType/,
        ],
        ["an argument", ["up"], /too many arguments/],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(
                () => parseDemoOptions(args),
                (error) => error instanceof UsageError && message.test(error.message),
            );
        });
    }

    it("has help with the exit codes", () => {
        const request = parseDemoOptions(["--help"]);
        assert.match(request.action === "help" ? request.text : "", /--engine[\s\S]*Exit codes/);
    });
});
