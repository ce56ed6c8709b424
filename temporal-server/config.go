package main

import (
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
)

const (
	clusterName = "active"
	storeName   = "sqlite"
	// One shard is what one SQLite connection can keep busy.
	historyShards = 1
	disabled      = "disabled"
)

// serverConfig describes all four services in one process, none of them reachable from other machines unless --ip says so.
func serverConfig(opts options, database *config.SQL) (*config.Config, error) {
	services, err := services(opts)
	if err != nil {
		return nil, err
	}
	return &config.Config{
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: 30 * time.Second, BroadcastAddress: opts.ip},
		},
		Persistence: config.Persistence{
			DefaultStore:     storeName,
			VisibilityStore:  storeName,
			NumHistoryShards: historyShards,
			DataStores:       map[string]config.DataStore{storeName: {SQL: database}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: opts.address()},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            services,
		Archival: config.Archival{
			History:    config.HistoryArchival{State: disabled},
			Visibility: config.VisibilityArchival{State: disabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: disabled},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: disabled},
		}},
		PublicClient: config.PublicClient{HostPort: opts.address()},
	}, nil
}

func services(opts options) (map[string]config.Service, error) {
	names := []string{"frontend", "history", "matching", "worker"}
	ports, err := freePorts(opts.ip, 2*len(names))
	if err != nil {
		return nil, err
	}
	byName := make(map[string]config.Service, len(names))
	for i, name := range names {
		grpc, membership := ports[2*i], ports[2*i+1]
		if name == "frontend" {
			grpc = opts.port
		}
		byName[name] = config.Service{
			RPC: config.RPC{GRPCPort: grpc, MembershipPort: membership, BindOnIP: opts.ip},
		}
	}
	return byName, nil
}

// withDevelopmentDefaults makes what was just registered visible at once, as `temporal server start-dev` does; the
// caches that this turns off are paid for with higher limits.
func withDevelopmentDefaults(given dynamicconfig.StaticClient) dynamicconfig.StaticClient {
	values := dynamicconfig.StaticClient{
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		dynamicconfig.FrontendPersistenceMaxQPS.Key():               10_000,
		dynamicconfig.HistoryPersistenceMaxQPS.Key():                45_000,
	}
	for key, value := range given {
		values[key] = value
	}
	return values
}
