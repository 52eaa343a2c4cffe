import { textAt } from "../../fields";
import { type Change, resourceName } from "../../preview";
import { judgePart } from "../part";
import type { Consequence } from "../table";

/** Says that Kafka itself needs no way out. */
const INSIDE = "Kafka and clients inside the VPC don't notice it";

/** Judges the VPC. */
export const judgeVpc = judgePart({
    subject: "VPC",
    gone: { what: "everything is in it, Kafka too", severity: "cluster-stops" },
});

/** Judges the subnets, one private and one public in each zone. */
export const judgeSubnet = judgePart(({ old, new: now }) => ({
    subject: `subnets in ${textAt((old ?? now)?.inputs, "availabilityZone") ?? "a zone"}`,
    gone: {
        what: "nodes and load balancers in it go; brokers with volumes in this zone run nowhere else",
        severity: "cluster-stops",
    },
    fields: { mapPublicIpOnLaunch: undefined },
}));

const NO_INTERNET: Consequence = {
    what: "clients on the internet are cut off, and nodes can't fetch images",
    severity: "cluster-stops",
};

/** Judges the gateway to the internet. */
export const judgeInternetGateway = judgePart({
    subject: "way to and from the internet",
    gone: NO_INTERNET,
    fields: { vpcId: NO_INTERNET },
});

const NO_ROUTE: Consequence = {
    what: "subnets lose their way out: no images, no AWS APIs, and no clients on the internet",
    severity: "cluster-stops",
};

/** Judges the tables of routes, and which subnet has which. */
export const judgeRouteTable = judgePart({
    subject: "routes of the subnets",
    gone: NO_ROUTE,
    fields: {
        // Of an association: another table, whose routes are judged by themselves.
        routeTableId: { what: "another table of routes", severity: "nothing" },
    },
});

/** Judges the routes out of the subnets. */
export const judgeRoute = judgePart({
    subject: "routes of the subnets",
    gone: NO_ROUTE,
    fields: {
        natGatewayId: {
            from: "one NAT gateway",
            to: "another one",
            what: `connections out of the VPC break once and go on through another gateway; ${INSIDE}`,
            severity: "nothing",
        },
    },
});

/** Judges the NAT gateways and their addresses. */
export const judgeNat = judgePart((change) => ({
    subject: `NAT gateway in ${natZone(change)}`,
    gone: {
        what: `connections out of the VPC through it break, and its address is not the sender any more; ${INSIDE}`,
        severity: "nothing",
    },
}));

/** Gateways are called `<network>-nat-<zone>`, their addresses `<network>-nat-<zone>-address`. */
function natZone({ urn }: Change): string {
    return /-nat-(.+?)(-address)?$/.exec(resourceName(urn))?.[1] ?? resourceName(urn);
}

/** Judges the shortcuts to AWS's own services. */
export const judgeVpcEndpoint = judgePart({
    subject: "shortcut to S3",
    gone: { what: "images come through the NAT gateways, which costs more", severity: "nothing" },
    fields: { routeTableIds: undefined },
});

/** Judges logs of the network and the control plane. */
export const judgeLogs = judgePart({
    subject: "logs of the network and the control plane",
    gone: { what: "logs go; Kafka does not notice it", severity: "nothing" },
    fields: { retentionInDays: { what: "logs are kept for another time", severity: "nothing" } },
});
