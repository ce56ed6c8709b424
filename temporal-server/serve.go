package main

import (
	"fmt"
	"net"
	"os"
	"strconv"

	uiserver "github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	uioptions "github.com/temporalio/ui-server/v2/server/server_options"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// serve starts the server and its web UI; both end with the process.
func serve(opts options) error {
	database, err := openDatabase(opts)
	if err != nil {
		return err
	}
	settings, err := serverConfig(opts, database)
	if err != nil {
		return err
	}
	server, err := newServer(opts, settings)
	if err != nil {
		return fmt.Errorf("configuration refused: %w", err)
	}
	if err := server.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	if !opts.headless {
		startUI(opts)
	}
	return nil
}

func newServer(opts options, settings *config.Config) (temporal.Server, error) {
	logger := newLogger(opts.logLevel)
	authorizer, err := authorization.GetAuthorizerFromConfig(&settings.Global.Authorization)
	if err != nil {
		return nil, err
	}
	claims, err := authorization.GetClaimMapperFromConfig(&settings.Global.Authorization, logger)
	if err != nil {
		return nil, err
	}
	return temporal.NewServer(
		temporal.WithConfig(settings),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithLogger(logger),
		temporal.WithAuthorizer(authorizer),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return claims }),
		temporal.WithDynamicConfigClient(withDevelopmentDefaults(opts.dynamicConfig)),
		temporal.WithStaticHosts(hosts(opts, settings)),
	)
}

// hosts says where the services are instead of letting them find each other through the database: after a
// restart the rows of the server that ended would be believed for a minute, and nothing be done meanwhile.
func hosts(opts options, settings *config.Config) map[primitives.ServiceName]static.Hosts {
	found := make(map[primitives.ServiceName]static.Hosts, len(settings.Services))
	for name, service := range settings.Services {
		address := net.JoinHostPort(opts.ip, strconv.Itoa(service.RPC.GRPCPort))
		found[primitives.ServiceName(name)] = static.SingleLocalHost(address)
	}
	return found
}

// newLogger writes to standard error, so that standard output holds the one line that says it serves.
func newLogger(level string) log.Logger {
	if level == "never" {
		return log.NewNoopLogger()
	}
	return log.NewZapLogger(log.BuildZapLogger(log.Config{Level: level}))
}

func startUI(opts options) {
	ui := uiserver.NewServer(uioptions.WithConfigProvider(&uiconfig.Config{
		Host:                opts.uiIP,
		Port:                opts.uiPort,
		TemporalGRPCAddress: opts.address(),
		EnableUI:            true,
		HideLogs:            true,
		DisableNewsFetch:    true,
		// Plain HTTP on the own machine: a secure cookie would never come back.
		CORS: uiconfig.CORS{CookieInsecure: true},
	}))
	go func() {
		if err := ui.Start(); err != nil {
			fmt.Fprintln(os.Stderr, "temporal-server: web UI:", err)
		}
	}()
}
