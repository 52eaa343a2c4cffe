import type { Context } from "../judgement";
import { allRestart } from "./operatorRoll";
import { type Consequence, judgeBy } from "./table";

const OPERATOR = "Strimzi operator";

/** Judges the Helm release of the Strimzi operator. */
export const judgeOperator = judgeBy((_, context) => ({
    subject: OPERATOR,
    made: { what: "is installed", severity: "nothing" },
    gone: {
        what: "Kafka runs on, but nobody repairs or changes it: a node that stops may stay away",
        severity: "cluster-stops",
    },
    fields: {
        version: upgraded("version", context),
        chart: upgraded("chart", context),
        "values.resources": ({ path }) => ({
            subject: `${OPERATOR}: ${path.slice(1).join(".")}`,
            what: "the operator restarts; Kafka does not",
            severity: "dynamic",
        }),
        "values.kubernetesServiceDnsDomain": {
            subject: `${OPERATOR}: domain of the Kubernetes cluster`,
            what: "brokers advertise other names inside of the cluster, which certificates have, too; the operator restarts them for it",
            severity: "clients-cut-off",
            restarts: allRestart(context),
        },
        "values.watchNamespaces": ({ from, to }) => ({
            subject: `${OPERATOR}: namespaces that it watches`,
            what: "a Kafka in a namespace that is not watched any more runs on, and nobody repairs or changes it",
            severity: lists(from).every((each) => lists(to).includes(each))
                ? "dynamic"
                : "cluster-stops",
        }),
    },
}));

function upgraded(field: string, context: Context): Consequence {
    return {
        subject: `${OPERATOR}: ${field}`,
        what: "the new operator may restart all nodes, one by one, for its own images",
        severity: "rolling-restart",
        restarts: allRestart(context),
    };
}

function lists(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
