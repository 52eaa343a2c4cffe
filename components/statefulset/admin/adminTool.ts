import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ADMIN_TOOL } from "../../kafka/names";
import { contentHash } from "../../kubernetes/files";
import { FILES_OF_LABEL, objectLabels } from "../../kubernetes/labels";
import { adminJarData } from "./adminClasses";

/** Arguments of {@link AdminTool}. */
export interface AdminToolArgs {
    readonly namespace: string;
    /** Provider that takes back what an earlier `destroy` left. */
    readonly dataProvider: k8s.Provider;
}

/**
 * The ConfigMap with the program that asks Kafka for its state. Kafka's own tools load the configuration of every topic,
 * which takes minutes with thousands of partitions.
 */
export class AdminTool extends pulumi.ComponentResource {
    /** Name of the ConfigMap. */
    readonly configMap: pulumi.Output<string>;

    constructor(name: string, args: AdminToolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:AdminTool", name, {}, opts);
        const binaryData = adminJarData();
        const configMap = new k8s.core.v1.ConfigMap(
            `${name}-admin`,
            {
                metadata: {
                    namespace: args.namespace,
                    name: `${ADMIN_TOOL}-${contentHash(binaryData)}`,
                    labels: { ...objectLabels("kafka"), [FILES_OF_LABEL]: "kafka" },
                },
                immutable: true,
                binaryData,
            },
            // Pods of an earlier revision go on with theirs.
            { parent: this, provider: args.dataProvider, retainOnDelete: true },
        );
        this.configMap = configMap.metadata.name;
        this.registerOutputs();
    }
}
