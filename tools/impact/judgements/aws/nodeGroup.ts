import { BROKER_NODES } from "../../../../components/eks/nodes";
import type { Effect } from "../../finding";
import { type FieldChange, textAt, valueAt } from "../../fields";
import { type Change, resourceName } from "../../preview";
import { judgePart, type Part } from "../part";
import type { Consequence, Fields } from "../table";

/** Judges the groups of nodes: those of the brokers in each zone, and that of everything else. */
export const judgeNodeGroup = judgePart((change) => {
    const zone = zoneOf(change);
    if (isOfBrokers(change)) {
        return {
            subject: `nodes of the brokers in ${zone}`,
            ...BROKERS,
            ...(movesAway(change) && { replaced: BROKERS.gone }),
        };
    }
    return zone === "system" ? { subject: "nodes of everything else", ...SYSTEM } : undefined;
});

/** The brokers of a group restart one by one, each when its node goes. */
const DRAINED: NonNullable<Effect["restarts"]> = [{ of: "brokers", count: undefined, by: "drain" }];

/**
 * EKS heeds budgets when it updates a group, and for 15 minutes only when it takes nodes away.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
const UPDATED: Consequence = {
    what:
        "EKS replaces the nodes one at a time: each is drained, and what Kafka and its quorum have there restarts on " +
        "another; a PodDisruptionBudget lets them leave one by one, and the update fails if one can't for 15 minutes",
    severity: "rolling-restart",
    restarts: DRAINED,
};

const STRANDED = "brokers are left without a node: their volumes can't leave the zone";

const SCALED_IN: Consequence = {
    what:
        "a broker that finds no other node in its zone stays down: its volume can't leave it; EKS ends a node that is not " +
        "drained after 15 minutes",
    severity: "cluster-stops",
};

const BROKERS: Omit<Part, "subject"> = {
    made: { what: "are added; no broker moves to them", severity: "nothing" },
    gone: { what: STRANDED, severity: "cluster-stops" },
    replaced: {
        what:
            "new nodes come, then the old ones are drained zone after zone: the PodDisruptionBudget lets brokers leave one by " +
            "one, but EKS ends a node that is not drained after 15 minutes",
        severity: "rolling-restart",
        restarts: DRAINED,
    },
    fields: {
        ...fieldsOf(UPDATED),
        "scalingConfig.desiredSize": (field) =>
            isLess(field)
                ? SCALED_IN
                : { what: "there is room for more; no broker moves", severity: "nothing" },
    },
};

const MOVES = "what runs there (operator, load balancer controller, names) moves; Kafka goes on";

const SYSTEM: Omit<Part, "subject"> = {
    gone: {
        what: "nobody repairs Kafka, volumes or load balancers, and names are not found",
        severity: "cluster-stops",
    },
    replaced: { what: MOVES, severity: "dynamic" },
    fields: {
        ...fieldsOf({ what: MOVES, severity: "dynamic" }),
        "scalingConfig.desiredSize": (field) =>
            isLess(field)
                ? { what: MOVES, severity: "dynamic" }
                : { what: "there is room for more", severity: "nothing" },
    },
};

/** What any group has. */
function fieldsOf(updated: Consequence): Fields {
    return {
        version: updated,
        releaseVersion: updated,
        "launchTemplate.version": updated,
        // How far the group may be scaled, and how fast it is updated: budgets protect the brokers anyway.
        "scalingConfig.minSize": undefined,
        "scalingConfig.maxSize": undefined,
        updateConfig: undefined,
    };
}

function isLess({ from, to }: FieldChange): boolean {
    return Number(to) < Number(from);
}

function isOfBrokers({ old, new: now }: Change): boolean {
    return textAt((old ?? now)?.inputs, "labels", BROKER_NODES.key) === BROKER_NODES.value;
}

/** Tells whether nodes are replaced by some in another subnet; that of the same zone is known by its id. */
function movesAway({ action, old, new: now }: Change): boolean {
    const subnets = (state: typeof old) => JSON.stringify(valueAt(state?.inputs, "subnetIds"));
    return action === "replace" && subnets(old) !== subnets(now);
}

/** Groups are called `<nodes>-brokers-<zone>` and `<nodes>-system`. */
function zoneOf({ urn }: Change): string {
    const name = resourceName(urn);
    return /-brokers-(.+)$/.exec(name)?.[1] ?? name.split("-").at(-1)!;
}
