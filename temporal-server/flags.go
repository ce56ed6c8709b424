package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/dynamicconfig"
)

const (
	defaultNamespace = "default"
	// The distance between the two ports that `temporal server start-dev` keeps, too.
	uiPortOffset = 1000
)

// options are the command line, checked: nothing after parseFlags has to doubt them.
type options struct {
	ip, uiIP         string
	port, uiPort     int
	headless         bool
	file             string
	logLevel         string
	namespaces       []string
	dynamicConfig    dynamicconfig.StaticClient
	searchAttributes map[string]enums.IndexedValueType
	pragmas          map[string]string
}

func (o options) address() string   { return net.JoinHostPort(o.ip, strconv.Itoa(o.port)) }
func (o options) uiAddress() string { return net.JoinHostPort(o.uiIP, strconv.Itoa(o.uiPort)) }

func parseFlags(args []string) (options, error) {
	opts := options{
		namespaces:       []string{defaultNamespace},
		dynamicConfig:    dynamicconfig.StaticClient{},
		searchAttributes: map[string]enums.IndexedValueType{},
		pragmas:          map[string]string{},
	}
	flags := flag.NewFlagSet("temporal-server [server start-dev]", flag.ContinueOnError)
	flags.StringVar(&opts.ip, "ip", "127.0.0.1", "address of the gRPC front end")
	flags.IntVar(&opts.port, "port", 7233, "port of the gRPC front end")
	flags.StringVar(&opts.uiIP, "ui-ip", "", "address of the web UI (default: --ip)")
	flags.IntVar(&opts.uiPort, "ui-port", 0, "port of the web UI (default: --port + 1000)")
	flags.BoolVar(&opts.headless, "headless", false, "no web UI")
	flags.StringVar(&opts.file, "db-filename", "", "SQLite file (default: in memory)")
	flags.StringVar(&opts.logLevel, "log-level", "warn", "debug, info, warn, error or never; logs go to standard error")
	flags.String("log-format", "", "accepted and ignored")
	flags.Func("namespace", "one more namespace besides `default`; repeatable", opts.addNamespace)
	flags.Func("dynamic-config-value", "KEY=JSON; repeatable", pair(opts.setDynamicConfig))
	flags.Func("search-attribute", "NAME=Type; repeatable", pair(opts.setSearchAttribute))
	flags.Func("sqlite-pragma", "NAME=VALUE; repeatable", pair(opts.setPragma))

	if len(args) >= 2 && args[0] == "server" && args[1] == "start-dev" {
		args = args[2:]
	}
	// An error names the flag that is wrong; the list of all flags comes only when asked for.
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(os.Stdout)
			flags.PrintDefaults()
		}
		return opts, err
	}
	if flags.NArg() > 0 {
		return opts, fmt.Errorf("unexpected argument %q: every setting is a flag (see --help)", flags.Arg(0))
	}
	if opts.ip == "localhost" {
		opts.ip = "127.0.0.1"
	}
	if opts.uiIP == "" {
		opts.uiIP = opts.ip
	}
	if opts.uiPort == 0 {
		opts.uiPort = opts.port + uiPortOffset
	}
	return opts, nil
}

func (o *options) addNamespace(name string) error {
	if !slices.Contains(o.namespaces, name) {
		o.namespaces = append(o.namespaces, name)
	}
	return nil
}

// setDynamicConfig keeps whole numbers as int: the server takes no other integer type.
func (o *options) setDynamicConfig(key, text string) error {
	var value any
	if whole, err := strconv.Atoi(text); err == nil {
		value = whole
	} else if err := json.Unmarshal([]byte(text), &value); err != nil {
		return fmt.Errorf("value of %s: expected JSON, received %s (quote strings: '%s=%q')", key, text, key, text)
	}
	o.dynamicConfig[dynamicconfig.MakeKey(key)] = value
	return nil
}

func (o *options) setSearchAttribute(name, kind string) error {
	attribute, err := enums.IndexedValueTypeFromString(kind)
	if err != nil {
		return fmt.Errorf("type of %s: expected Bool, Datetime, Double, Int, Keyword, KeywordList or Text, received %s", name, kind)
	}
	o.searchAttributes[name] = attribute
	return nil
}

func (o *options) setPragma(name, value string) error {
	o.pragmas[name] = value
	return nil
}

func pair(set func(key, value string) error) func(string) error {
	return func(text string) error {
		key, value, found := strings.Cut(text, "=")
		if !found || key == "" {
			return fmt.Errorf("expected NAME=VALUE")
		}
		return set(key, value)
	}
}
