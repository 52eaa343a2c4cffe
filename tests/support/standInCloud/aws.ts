// A stand-in for Pulumi's provider for AWS: it keeps to the provider protocol, remembers nothing, and gives each resource
// a plausible id and what others need of it. Node groups label the lab's nodes, so that pods can be kept to them.
import { randomBytes } from "node:crypto";
import * as provider from "@pulumi/pulumi/provider";
import { joinNodes, leaveNodes } from "./nodes";
import { changed, computed, parseUrn, Properties, replacing } from "./resource";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

class Aws implements provider.Provider {
    readonly version = "7.48.0";

    async check(
        _urn: string,
        _olds: Properties,
        inputs: Properties,
    ): Promise<provider.CheckResult> {
        return Promise.resolve({ inputs });
    }

    async diff(_id: string, urn: string, olds: Properties, news: Properties) {
        const replaces = replacing(parseUrn(urn).type, olds, news);
        return Promise.resolve({ changes: changed(olds, news), replaces });
    }

    async create(urn: string, inputs: Properties): Promise<provider.CreateResult> {
        const { type, name } = parseUrn(urn);
        if (type === NODE_GROUP) {
            await joinNodes(name, inputs["labels"] as Record<string, string> | undefined);
        }
        const id = `${name}-${randomBytes(4).toString("hex")}`;
        return { id, outs: { ...inputs, ...computed(type, id, inputs) } };
    }

    async read(id: string, _urn: string, props: Properties): Promise<provider.ReadResult> {
        return Promise.resolve({ id, props });
    }

    async update(
        id: string,
        urn: string,
        _olds: Properties,
        news: Properties,
    ): Promise<provider.UpdateResult> {
        return Promise.resolve({ outs: { ...news, ...computed(parseUrn(urn).type, id, news) } });
    }

    async delete(_id: string, urn: string, props: Properties): Promise<void> {
        const { type, name } = parseUrn(urn);
        if (type === NODE_GROUP) {
            await leaveNodes(name, props["labels"] as Record<string, string> | undefined);
        }
    }
}

void provider.main(new Aws(), process.argv.slice(2));
