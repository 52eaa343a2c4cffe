// The part of kafkajs that is not public and that directCluster.ts uses; kafkajs itself has no types for it.
declare module "kafkajs/src/protocol/requests/metadata" {
    interface Exchange {
        readonly request: object;
        readonly response: { decode(data: Buffer): Promise<unknown> };
    }
    export const versions: readonly string[];
    export function protocol(options: {
        version: number;
    }): (options: { topics: readonly string[]; allowAutoTopicCreation: boolean }) => Exchange;
}
