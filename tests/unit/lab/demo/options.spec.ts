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
        const args =
            "--context c --kubeconfig k --namespace n --engine kubectl --type statefulset --image i:1 --config a=b";
        assert.deepEqual(parseDemoOptions(args.split(" ")), {
            action: "run",
            context: "c",
            kubeconfig: "k",
            namespace: "n",
            engine: "kubectl",
            type: "statefulset",
            image: "i:1",
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
        ["an unknown type", ["--type", "zookeeper"], /strimzi, statefulset/],
        [
            "an image with Strimzi",
            ["--type", "strimzi", "--image", "a:1"],
            /^--image: expected nothing/,
        ],
        [
            "Strimzi by kubectl",
            ["--type", "strimzi", "--engine", "kubectl"],
            /^--engine: expected pulumi with --type strimzi/,
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

    it("names --type where the type is set by --config", () => {
        assert.throws(
            () => parseDemoOptions(["--config", "kafkaDeploymentType=strimzi"]),
            (error) => error instanceof UsageError && error.next === "use --type",
        );
    });

    it("has help with the exit codes", () => {
        const request = parseDemoOptions(["--help"]);
        assert.match(request.action === "help" ? request.text : "", /--engine[\s\S]*Exit codes/);
    });
});
